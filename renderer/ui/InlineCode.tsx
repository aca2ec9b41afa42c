import { Fragment } from 'react';

/** A sentence of the core, with what stands between backticks in it as code. */
export function InlineCode({ text }: { readonly text: string }) {
  // Odd parts stood between two backticks; a single one is only a character.
  const parts = text.split(/`([^`]+)`/);
  return parts.map((part, index) =>
    index % 2 === 1 ? <code key={index}>{part}</code> : <Fragment key={index}>{part}</Fragment>,
  );
}

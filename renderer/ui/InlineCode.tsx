import { Fragment } from 'react';

/** A sentence from the core; text between backticks is shown as code. */
export function InlineCode({ text }: { readonly text: string }) {
  // Odd parts were between two backticks. A backtick without a partner is an ordinary character.
  const parts = text.split(/`([^`]+)`/);
  return parts.map((part, index) =>
    index % 2 === 1 ? <code key={index}>{part}</code> : <Fragment key={index}>{part}</Fragment>,
  );
}

import { CopyButton } from './CopyButton.tsx';

/** A command as it would be typed, with its copy button beside it. */
export function CommandLine({ text, onCopied }: { readonly text: string; readonly onCopied?: () => void }) {
  return (
    <div className="command">
      <code>{text}</code>
      <CopyButton text={text} what="command" {...(onCopied ? { onCopied } : {})} />
    </div>
  );
}

import { CopyButton } from './CopyButton.tsx';

/** A command as it would be typed, with its copy button beside it. */
export function CommandLine({ text, onCopied }: { readonly text: string; readonly onCopied?: () => void }) {
  return (
    <div className="command">
      <code>
        <CommandWords text={text} />
      </code>
      <CopyButton text={text} what="command" {...(onCopied ? { onCopied } : {})} />
    </div>
  );
}

/** The words with the white space between them, so that what is selected and copied is the command itself. */
export const CommandWords = ({ text }: { readonly text: string }) =>
  text.split(/(\s+)/).map((part, index) =>
    index % 2 === 1 || part === '' ? (
      part
    ) : (
      <span key={index} className="command__word">
        {part}
      </span>
    ),
  );

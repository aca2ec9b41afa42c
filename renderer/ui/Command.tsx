import { visibleCommand } from '#shared/words/visible.ts';
import { CopyButton } from './CopyButton.tsx';

interface CommandLineProps {
  readonly text: string;
  /** Shown above the command, which then takes the whole width. */
  readonly label?: string;
  readonly onCopied?: () => void;
}

/** A command with its copy button. */
export function CommandLine({ text, label, onCopied }: CommandLineProps) {
  const copy = <CopyButton text={text} what="command" {...(onCopied ? { onCopied } : {})} />;
  const command = (
    <code>
      <CommandWords text={text} />
    </code>
  );
  if (label === undefined) {
    return (
      <div className="command">
        {command}
        {copy}
      </div>
    );
  }
  return (
    <div className="command command--labelled">
      <div className="command__head">
        <h3>{label}</h3>
        {copy}
      </div>
      {command}
    </div>
  );
}

/** A command whose lines break between words only. Deceptive characters are shown as their codes. */
export const CommandWords = ({ text }: { readonly text: string }) =>
  visibleCommand(text)
    .split(/(\s+)/)
    .map((part, index) => (index % 2 === 1 || part === '' ? part : <CommandWord key={index} word={part} />));

/** A long digest is shortened; the whole is in its tooltip, and in what is copied. */
function CommandWord({ word }: { readonly word: string }) {
  const short = shortDigests(word);
  return (
    <span className="command__word" {...(short === word ? {} : { title: word })}>
      {short}
    </span>
  );
}

/** Hexadecimal digests and ULIDs in an image reference, of 20 characters and more. */
const DIGEST = /((?:sha256:|deployment-))([0-9a-f]{20,}|[0-9A-Z]{20,})/g;

/** `registry/app@sha256:0123ab…cdef`: the first 6 and the last 4 characters of each digest. */
export const shortDigests = (text: string): string =>
  text.replace(
    DIGEST,
    (_whole, prefix: string, digest: string) => `${prefix}${digest.slice(0, 6)}…${digest.slice(-4)}`,
  );

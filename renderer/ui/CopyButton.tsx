import { useEffect, useState } from 'react';
import { safeToShow } from '#shared/words/visible.ts';
import { Button } from './Button.tsx';

interface CopyButtonProps {
  readonly text: string;
  /** What it copies, for the accessible name: "command", "Markdown". */
  readonly what: string;
  readonly onCopied?: () => void;
  readonly shortcut?: string;
}

export const CopyButton = ({ text, what, onCopied, shortcut }: CopyButtonProps) => (
  <CopyAct
    name={(shown) => `${shown} ${what}`}
    label="Copy"
    refused="Select it"
    copy={() => copyText(text)}
    {...(onCopied ? { onCopied } : {})}
    {...(shortcut ? { shortcut } : {})}
  />
);

interface CopyActProps extends Pick<CopyButtonProps, 'onCopied' | 'shortcut'> {
  /** The accessible name, which begins with the words that are shown. */
  readonly name: (shown: string) => string;
  readonly label: string;
  /** Said when it could not be copied. */
  readonly refused: string;
  readonly copy: () => Promise<boolean>;
}

/** A button that copies, and says for two seconds whether it did. */
export function CopyAct({ name, label, refused, copy: act, onCopied, shortcut }: CopyActProps) {
  const [told, setTold] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (told === null) return undefined;
    const timer = setTimeout(() => setTold(null), 2_000);
    return () => clearTimeout(timer);
  }, [told]);
  const copy = async (): Promise<void> => {
    const copied = await act();
    setTold(copied ? 'copied' : 'refused');
    if (copied) onCopied?.();
  };
  const shown = told === null ? label : told === 'copied' ? 'Copied' : refused;
  return (
    <Button aria-label={name(shown)} onClick={() => void copy()} {...(shortcut ? { shortcut } : {})}>
      <span aria-live="polite">{shown}</span>
    </Button>
  );
}

/** False when the browser refuses. The text can still be selected on the page. */
export async function copyText(text: string): Promise<boolean> {
  try {
    // Only visible characters are copied: the text may be pasted into a terminal.
    await navigator.clipboard.writeText(safeToShow(text, 'leave-out'));
    return true;
  } catch {
    return false;
  }
}

interface RichText {
  readonly html: string;
  readonly text: string;
}

/** As rich text for editors that take it, and as plain text for the others. False when the browser refuses. */
export async function copyRich({ html, text }: RichText): Promise<boolean> {
  const part = (type: string, value: string): Readonly<Record<string, Blob>> => ({
    [type]: new Blob([safeToShow(value, 'leave-out')], { type }),
  });
  try {
    await navigator.clipboard.write([new ClipboardItem({ ...part('text/html', html), ...part('text/plain', text) })]);
    return true;
  } catch {
    return false;
  }
}

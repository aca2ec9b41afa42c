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

export function CopyButton({ text, what, onCopied, shortcut }: CopyButtonProps) {
  const [told, setTold] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (told === null) return undefined;
    const timer = setTimeout(() => setTold(null), 2_000);
    return () => clearTimeout(timer);
  }, [told]);
  const copy = async (): Promise<void> => {
    const copied = await copyText(text);
    setTold(copied ? 'copied' : 'refused');
    if (copied) onCopied?.();
  };
  return (
    <Button
      aria-label={`${WORD[told ?? 'ready']} ${what}`}
      onClick={() => void copy()}
      {...(shortcut ? { shortcut } : {})}
    >
      <span aria-live="polite">{WORD[told ?? 'ready']}</span>
    </Button>
  );
}

const WORD = { ready: 'Copy', copied: 'Copied', refused: 'Select it' } as const;

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

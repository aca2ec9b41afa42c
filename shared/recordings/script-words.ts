import { shellQuote } from '../runbook/shell-quote.ts';
import { wordsOf } from './command-pattern.ts';

const BASH = /(?:^|\s)bash -o pipefail -c ([^]+)$/;

/**
 * The pattern for a run as it was shown. Of a script (`NAME=value bash -o pipefail -c 'TEXT'`) only the text is left, after
 * its variables: a person writes it so, too.
 */
export function splitScript(shown: string): string {
  const found = BASH.exec(shown);
  if (found === null) return shown;
  const [text = ''] = wordsOf(found[1] ?? '');
  const before = shown.slice(0, found.index).trim();
  const isScript = shown.endsWith(shellQuote(['bash', '-o', 'pipefail', '-c', text]));
  return isScript ? `${before} ${text}`.trim() : shown;
}

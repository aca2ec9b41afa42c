/** Redacts intents that are written to a file beside the store, as those do not pass the store's redaction. */
import type { Intent } from '#shared/incident/intent.ts';

const FREE_TEXT: ReadonlySet<string> = new Set([
  'text',
  'reason',
  'words',
  'answer',
  'observed',
  'summary',
  'who',
  'role',
  'how',
  'where',
  'owner',
  'due',
  'link',
  'becomes',
  'comment',
]);

/** Redacts the free text of an intent. Ids, choices and pasted output stay as they are; output is parsed first. */
export function redactIntent(intent: Intent, redact: (text: string) => string): Intent {
  const fields = Object.entries(intent).map(([name, value]: [string, unknown]) => [
    name,
    (FREE_TEXT.has(name) || (name === 'what' && intent.kind === 'set-action-item')) && typeof value === 'string'
      ? redact(value)
      : value,
  ]);
  return Object.fromEntries(fields) as Intent;
}

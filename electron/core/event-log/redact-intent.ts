/** What people said, as it is kept in a file beside the store, past the store's door. */
import type { Intent } from '#shared/incident/intent.ts';

const SAID: ReadonlySet<string> = new Set([
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

/** The intent with its free text redacted; ids, choices and pasted output (read by parsers first) stay as they are. */
export function redactIntent(intent: Intent, redact: (text: string) => string): Intent {
  const fields = Object.entries(intent).map(([name, value]: [string, unknown]) => [
    name,
    (SAID.has(name) || (name === 'what' && intent.kind === 'set-action-item')) && typeof value === 'string'
      ? redact(value)
      : value,
  ]);
  return Object.fromEntries(fields) as Intent;
}

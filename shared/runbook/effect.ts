import { ALIASES, CHANGERS, READERS, SUBCOMMANDS, VALUE_FLAGS } from './known-commands.ts';
import type { Command } from './model.ts';

type Effect = Command['effect'];

/** Tools whose effect hangs on their arguments rather than on a subcommand. */
const SPECIAL: ReadonlyMap<string, (words: readonly string[]) => Effect> = new Map([
  ['curl', curlEffect],
  ['psql', psqlEffect],
  [
    'pg_restore',
    (words: readonly string[]) => (words.some((word) => /^(?:-l|--list)$/.test(word)) ? 'read' : 'change'),
  ],
  [
    'sed',
    (words: readonly string[]) => (words.some((word) => /^(?:-[a-z]*i|--in-place)/.test(word)) ? 'change' : 'read'),
  ],
]);

/** True for tools that have subcommands or arguments known here: an unlabelled fence that starts with one is commands. */
export function isKnownTool(name: string): boolean {
  return SPECIAL.has(name) || SUBCOMMANDS.has(ALIASES.get(name) ?? name);
}

/** What one command, given as plain words with the quotes removed, does to the services. */
export function effectOf(words: readonly string[]): Effect {
  const [given = '', ...rest] = words;
  const tool = ALIASES.get(given) ?? given;
  const special = SPECIAL.get(tool);
  if (special !== undefined) return special(rest);
  if (READERS.has(tool)) return 'read';
  if (CHANGERS.has(tool)) return 'change';
  const known = SUBCOMMANDS.get(tool);
  if (known === undefined) return 'unknown';
  if (rest.length > 0 && rest.every((word) => /^(?:--version|--help|-h)$/.test(word))) return 'read';
  const path = subcommandPath(rest);
  const fit = (names: readonly string[]): number =>
    Math.max(...names.map((name) => (path === name || path.startsWith(`${name} `) ? name.length : 0)));
  const read = fit(known.read);
  const change = fit(known.change);
  return read === change ? 'unknown' : read > change ? 'read' : 'change';
}

/** The graver of several effects: one change makes the whole a change. */
export function combinedEffect(effects: readonly Effect[]): Effect {
  if (effects.includes('change')) return 'change';
  return effects.length === 0 || effects.includes('unknown') ? 'unknown' : 'read';
}

function subcommandPath(words: readonly string[]): string {
  const path = words.filter((word, index) => !word.startsWith('-') && !VALUE_FLAGS.has(words[index - 1] ?? ''));
  return path.map((word, index) => (index === 0 ? (ALIASES.get(word) ?? word) : word)).join(' ');
}

function curlEffect(words: readonly string[]): Effect {
  const method = words.findIndex((word) => word === '-X' || word === '--request');
  const named =
    method >= 0
      ? words[method + 1]
      : words.find((word) => /^(?:-X.|--request=)/.test(word))?.replace(/^-X|^--request=/, '');
  if (named !== undefined) return /^(?:GET|HEAD|OPTIONS)$/i.test(named) ? 'read' : 'change';
  return words.some((word) => /^(?:-d|-F|-T|--data|--form|--json|--upload-file)/.test(word)) ? 'change' : 'read';
}

/** A single SELECT or a listing reads; a file of SQL changes; a SELECT may still call a function that does. */
function psqlEffect(words: readonly string[]): Effect {
  if (words.some((word) => /^(?:-[a-zA-Z0-9]*f$|-f.|--file)/.test(word))) return 'change';
  if (words.some((word) => word === '--version' || word === '-V' || word === '-l' || word === '--list')) return 'read';
  const at = words.findIndex((word) => /^(?:-[a-zA-Z]*c|--command)$/.test(word));
  const sql = at < 0 ? undefined : words[at + 1]?.trim().replace(/;\s*$/, '');
  if (sql === undefined) return 'unknown';
  if (/^\\(?:d|l|conninfo)/.test(sql)) return 'read';
  if (/^(?:insert|update|delete|drop|alter|create|truncate|grant|revoke|merge|vacuum|do|call)\b/i.test(sql))
    return 'change';
  const plain = /^(?:select|show|table|explain)\b/i.test(sql) && !sql.includes(';');
  return plain && !/\b(?:into|for update|analyze|pg_\w+|setval|nextval|lo_\w+|dblink\w*)\b/i.test(sql)
    ? 'read'
    : 'unknown';
}

/**
 * Messages of a PostgreSQL server that speaks another language (`lc_messages`). Only its superuser can change that, so they
 * are read as they come: the table has the messages that Rollbook explains, from the catalogs of PostgreSQL 15
 * (src/backend/po), with the English text they are translations of.
 */
import TABLE from './server-messages.json' with { type: 'json' };

interface Translated {
  readonly pattern: RegExp;
  readonly english: string;
}

/** What a `%s` of a message holds; bounded, so that a long line costs little. */
const VALUE = '([^:\\n]{1,200}?)';

const patternOf = (translation: string): string =>
  translation
    .split(/%(?:\d\$)?[sm]/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join(VALUE);

const SEVERITIES: readonly Translated[] = Object.entries(TABLE.severities).map(([english, translations]) => ({
  // As psql, pg_dump and pg_restore print it: at the beginning, or after the place or the name of the program.
  pattern: new RegExp(`(^|: )(?:${translations.map(patternOf).join('|')}): {1,2}(?=\\S)`, 'gm'),
  english: `$1${english}:  `,
}));

const MESSAGES: readonly Translated[] = Object.entries(TABLE.messages).flatMap(([english, translations]) =>
  translations.map((translation) => ({
    // The last value reaches to the end of the line.
    pattern: new RegExp(`${patternOf(translation)}${/%(?:\d\$)?[sm]$/.test(translation) ? '$' : ''}`, 'gm'),
    english: filled(english),
  })),
);

/** `relation "%s"` with `$1`. A message with more values needs none of them, and languages order them differently. */
function filled(english: string): string {
  const values = english.split(/%[sm]/).length - 1;
  return values === 1 ? english.replace(/%[sm]/, '$$1') : english.replace(/%[sm]/g, '...');
}

/** The text with the known messages of the server, and their severities, in English. */
export const inEnglish = (text: string): string =>
  [...SEVERITIES, ...MESSAGES].reduce((read, { pattern, english }) => read.replace(pattern, english), text);

/** SQLSTATE codes, which psql prints with VERBOSITY=verbose or sqlstate, by the code of their explanation. */
const BY_STATE: Readonly<Record<string, string>> = {
  '55P03': 'lock-timeout',
  '57014': 'cancelled',
  '28P01': 'password-wrong',
  '3D000': 'no-database',
  '53300': 'too-many-connections',
  '57P03': 'starting',
  '25006': 'read-only',
  '53100': 'disk-full',
  '28000': 'not-let-in',
  '57P01': 'connection-lost',
  '57P02': 'connection-lost',
  '42501': 'not-permitted',
};

/** The code of the explanation that the first printed SQLSTATE stands for; null: none is printed, or it is not known. */
export function meaningOfState(text: string): string | null {
  const state = /^(?:[^\n]*: )?[\p{L}]+: {1,2}([0-9A-Z]{5})(?=:|$)/mu.exec(text)?.[1];
  return state === undefined ? null : (BY_STATE[state] ?? null);
}

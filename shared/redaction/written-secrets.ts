/** Finds secrets in text that a person wrote, each with its kind but without its value. */
import { RULES } from './rules.ts';
import type { Span } from './found-by-code.ts';
import { TOKEN_SHAPES } from './token-shapes.ts';

interface WrittenSecret extends Span {
  /** For messages: `github token`, `password in an address`. */
  readonly kind: string;
}

const SURE: ReadonlySet<string> = new Set([
  ...TOKEN_SHAPES.map(({ name }) => name),
  'fly-token',
  'jwt',
  'webhook',
  'url',
]);
/** Rules that are too uncertain here: `-u root:root` is a user and a group for most programs. */
const GUESSES: ReadonlySet<string> = new Set(['user-flag', 'bare-key', 'broken-key', 'key-lines']);
const KIND_WORDS: Readonly<Record<string, string>> = {
  url: 'password in an address',
  webhook: 'address of a webhook',
  basic: 'user and password in base64',
  authorization: 'value of an Authorization header',
  bearer: 'value of an Authorization header',
  assignment: 'value of a name for secrets',
  'environment-key': 'value of a name for keys',
  'quoted-field': 'value of a field for secrets',
  'compound-field': 'value of a field for secrets',
  'api-key-field': 'value of a field for keys',
  'line-field': 'value of a field for secrets',
  'compact-field': 'value of a field for secrets',
  flag: 'value of an option for secrets',
  'dash-p-password': 'password after -p',
  'capital-p-password': 'password after -P',
  prompt: 'answer to a password prompt',
};

/** Text in place of a secret: a placeholder, a reference, a generic word, the path of a file. */
const NO_SECRET =
  /^(?:[<[{$%`~*]|\\?"?\$|(?:\.{0,2}|file:\/)\/|@|\.{3}|…|x{3,}|your\b|(?:my|the|some|new|old|a|db|test|demo|dummy|sample|fake)?[-_]?(?:pass(?:word|wd|phrase)?|pw|pwd|secret|token|api[-_]?key|key|value)(?:$|[^a-z0-9])|(?:change|replace)[-_]?me|todo|tbd|fixme|example|dummy|placeholder|redacted|env:|vault:|op:\/\/)|^.{0,3}$/i;

/** In an Authorization header, in front of the secret. */
const SCHEME = /^(?:basic|bearer|token|apikey|digest)[ \t]+/i;

/** In order. `sure`: only what is a secret in any context; otherwise also what a command passes to a program as a secret. */
export function writtenSecrets(text: string, which: 'sure' | 'all' = 'all'): readonly WrittenSecret[] {
  const found = RULES.filter(({ name }) => (which === 'sure' ? SURE.has(name) : !GUESSES.has(name)))
    .flatMap(({ name, find }) =>
      find(text).map((span) => ({ ...span, kind: KIND_WORDS[name] ?? name.replaceAll('-', ' ') })),
    )
    .filter(({ start, end }) => !NO_SECRET.test(text.slice(start, end).replace(SCHEME, '')))
    .sort((a, b) => a.start - b.start);
  // Several rules may find the same secret: the first one is the most specific.
  return found.reduce<WrittenSecret[]>((kept, span) => {
    const last = kept.at(-1);
    return last !== undefined && span.start < last.end ? kept : [...kept, span];
  }, []);
}

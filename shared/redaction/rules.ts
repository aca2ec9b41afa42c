/**
 * The rules that find secrets by their context: after a name, in a URL, in a header. Tokens with a known prefix are in
 * token-shapes.ts.
 *
 * Every pattern stays within one line and runs in linear time: it is a fixed prefix and a greedy run, or its repetitions are
 * bounded. Patterns have no left word boundary, because a color code (`\x1b[32m`) ends in a letter, and the token after it
 * would be missed. Group 1, if any, is context that stays readable. Quotes are not part of a match, so that JSON stays valid.
 */

import { CLIENT_PASSWORDS } from './client-passwords.ts';
import { bareKeys, basicCredentials, brokenKeys, jwts, type Span, urlSecrets } from './found-by-code.ts';
import { OPEN_KEYS, SECRET_ENDING } from './secret-names.ts';
import { patternOf, TOKEN_SHAPES } from './token-shapes.ts';

export interface Rule {
  readonly name: string;
  /**
   * It is tried only if one of these texts occurs (two or more ASCII characters, case-sensitive), or only if there is a
   * name of a secret.
   */
  readonly when: readonly string[] | 'named' | 'always';
  readonly find: (text: string) => readonly Span[];
}

const NAME = SECRET_ENDING;
/** Every rule that needs a name of a secret finds nothing in a line without a match of this. */
export const ANY_NAME = new RegExp(`${NAME}|_KEYS?`, 'i');
/** `$NAME`, `<token>` and `***` stand for a secret without containing it. */
const NO_REFERENCE = '(?!\\$\\{?[A-Z_][A-Z0-9_]{0,64}\\}?(?:["\'\\s;&]|$)|\\$\\{\\{|\\$\\(|<[\\w -]{1,64}>|\\*{3})';
/** Ordinary words after "token: ". */
const NO_STATE =
  '(?!["\']?(?:true|false|yes|no|none|null|nil|undefined|unset|set|not|missing|required|optional|expired|invalid|valid|ok|error|empty|default|unknown|disabled|enabled|changed|created|updated|deleted|revoked|rotated|hidden|masked|string|text|value|file|secret|token|password|passwords|key|flag|option|incorrect|wrong|accepted|rejected|denied|failed|is|was|are|to|of|for|from|with|in|as|at|by|on|or|and|the|a|an|must|cannot|can|has|await|new|async|const|function)["\']?(?:[\\s.,;:!?)\\]}"\']|$)|[\\w.]{1,64}\\(|["\']?[a-z-]{1,64}\\/[a-z-]{1,64}["\']?(?:[\\s,]|$))';
const DOUBLE = '(?:[^"\\\\\\r\\n]|\\\\.){1,4096}(?=")';
const SINGLE = "[^'\\r\\n]{1,4096}(?=')";
const QUOTED = `(?<=")${DOUBLE}|(?<=')${SINGLE}`;
/** In quotes it may follow a user (`"ann:..."`). */
const CLIENT_VALUE = `(?:(?<="(?:[^\\s:"']{1,128}[:%/])?)${DOUBLE}|(?<='(?:[^\\s:"']{1,128}[:%/])?)${SINGLE}|[^\\s"'-][^\\s"']*)`;
/** The value is more than a word, or the line ends after it; "fetch_token: request failed" continues. */
const NO_SENTENCE = '(?=[^\\s"\']{0,256}[\\d_+/=~!@#$%^&*-]|[^\\s"\',}]{1,256}[ \\t]{0,200}(?:$|[\\r"\',}\\])]))';
/** Between a name and its value. Go prints `map[Token:x]`, JSON in JSON has `\"token\":\"x\"`. */
const BLANK = '[ \\t]{0,8}';
const CLOSE = '\\\\?["\']?';

export const RULES: readonly Rule[] = [
  ...TOKEN_SHAPES.map((each) => shape(each.name, patternOf(each), each.hints)),
  shape('fly-token', /FlyV1[ \t]+[\w+/=,.:-]{8,}/g, ['FlyV1']),
  { name: 'jwt', when: ['eyJ'], find: jwts },
  shape(
    'webhook',
    /((?:hooks\.slack\.com\/(?:services|workflows|triggers)|discord(?:app)?\.com\/api\/webhooks|[\w-]{1,64}\.webhook\.office\.com\/webhookb2|events\.pagerduty\.com\/integration)\/)[\w/@-]{8,}/g,
    ['hooks.slack.com', '/webhook', 'pagerduty.com'],
  ),
  { name: 'url', when: ['://'], find: urlSecrets },
  { name: 'basic', when: ['asic'], find: basicCredentials },
  { name: 'bare-key', when: 'always', find: bareKeys },
  { name: 'broken-key', when: 'always', find: brokenKeys },
  shape('key-lines', /(?:[A-Za-z0-9+/]{60,76}(?:\\r)?\\n){1,200}[A-Za-z0-9+/=]{0,76}/g, ['\\n']),
  // As one word of a command: the rest of the line is the rest of the command.
  shape('authorization-word', /((?:-H|--header)[ \t=]{0,4}Authorization:)(?!\$)[^\s"'\\]+/gi, ['uthorization']),
  shape(
    'authorization',
    /((?<!(?:-H|--header)[ \t=]{0,4})Authorization["']?[ \t]{0,8}[:=][ \t]{0,8}["']?)[^\s"'\\][^\r\n"'\\]*/gi,
    ['uthorization', 'UTHORIZATION'],
  ),
  shape('bearer', /(Bearer[ \t]{1,8})[\w.~+/=-]{12,}/gi, ['earer', 'EARER']),
  shape('cookie', /(Cookie:[ \t]{1,8})[^\s"'][^\r\n"']*/gi, ['ookie:', 'OOKIE:']),
  shape(
    'assignment',
    new RegExp(
      `((?:${NAME})${CLOSE}${BLANK}=${BLANK}${CLOSE})${NO_REFERENCE}${NO_STATE}(?:${QUOTED}|[^\\s"'&;,\\\\][^\\s"'&;,]*)`,
      'gi',
    ),
    'named',
  ),
  // "lock_key=deploy" is a log message; STRIPE_KEY=... is an environment variable.
  shape(
    'environment-key',
    new RegExp(
      `((?<=[A-Z0-9])(?<!(?:${OPEN_KEYS.toUpperCase()}))_KEYS?[ ]?[=:][ ]?["']?)${NO_REFERENCE}${NO_STATE}[^\\s"'/~.&;,][^\\s"'&;,]{3,}`,
      'g',
    ),
    'named',
  ),
  // Structures printed by Go and Ruby programs, and signatures in URLs of Azure and AWS.
  shape('signature', /([?&](?:sig|X-Amz-Signature|X-Goog-Signature|signature)=)[^\s"'&<>]{16,}/gi, [
    'sig=',
    'ignature=',
  ]),
  shape(
    'quoted-field',
    new RegExp(
      `((?:${NAME})${CLOSE}${BLANK}(?::|=>)${BLANK}\\\\?["'])${NO_REFERENCE}(?:(?<=\\\\")[^"\\\\\\r\\n]{1,4096}(?=\\\\")|${QUOTED})`,
      'gi',
    ),
    'named',
  ),
  shape(
    'password-field',
    new RegExp(`(pass(?:word|wd|phrase)["']?${BLANK}:${BLANK})${NO_REFERENCE}${NO_STATE}[^\\s"',}]+`, 'gi'),
    'named',
  ),
  // X-Api-Key: and PRIVATE-TOKEN:, client_secret: and accessToken:; these names do not occur in sentences.
  shape(
    'compound-field',
    new RegExp(
      `((?<=[A-Za-z0-9][_-]?)(?:${NAME})["']?:${BLANK})${NO_REFERENCE}${NO_STATE}${NO_SENTENCE}[^\\s"',}{[][^\\s"',}]{3,}`,
      'gim',
    ),
    'named',
  ),
  shape(
    'api-key-field',
    new RegExp(`(api[_-]?key["']?:${BLANK})${NO_REFERENCE}${NO_STATE}${NO_SENTENCE}[^\\s"',}{[][^\\s"',}]{3,}`, 'gim'),
    'named',
  ),
  // A line of YAML or a header on its own line: the value is one word up to the end.
  shape(
    'line-field',
    new RegExp(
      `((?:^|[{,(\\["'/│|])[ \\t>*<+|│-]{0,40}(?:${NAME})["']?:[ \\t]{1,8})${NO_REFERENCE}${NO_STATE}[^\\s"',}{[][^\\s"',}]{3,}(?=[ \\t]{0,200}(?:[#,})\\]│|\\r"']|$))`,
      'gim',
    ),
    'named',
  ),
  // &{Token:x} (Go); `login app password x` (.netrc).
  shape(
    'compact-field',
    new RegExp(`((?:${NAME}):)${NO_REFERENCE}(?=[^\\s"',}]{0,256}\\d)[^\\s"',}/:{[\\]]{6,}(?=[\\s,}\\]]|$)`, 'gi'),
    'named',
  ),
  shape(
    'netrc',
    /((?:login[ \t]{1,8}[^\s]{1,128}|machine[ \t]{1,8}[^\s]{1,128})[ \t]{1,8}password[ \t]{1,8})[^\s]{1,512}/gi,
    ['password'],
  ),
  shape(
    'flag',
    new RegExp(
      `(--[a-z-]{0,24}(?:${NAME})[ \\t]{1,8}["']?)${NO_REFERENCE}${NO_STATE}(?:${QUOTED}|[^\\s"'<[-][^\\s"']*)`,
      'gi',
    ),
    'named',
  ),
  // `-u 1000:1000` is a user and a group.
  shape(
    'user-flag',
    new RegExp(
      `((?:-u|--user)[ \\t=]{1,8}["']?[^\\s:"'$]{1,128}:)(?<!\\d:(?=\\d{1,10}(?:\\s|$)))${NO_REFERENCE}[^\\s"']+`,
      'g',
    ),
    ['-u'],
  ),
  // Prompts of psql, sudo, git and ssh, followed by the typed or pasted answer.
  shape(
    'prompt',
    new RegExp(
      `((?:(?<!\\w[ \\t])|(?<=(?:enter|type)[ ]))(?:pass(?:word|code|[ ]?phrase)[ ]for[ ][^\\r\\n]{1,200}?|PEM[ ]pass[ ]?phrase):[ ]{1,4})${NO_REFERENCE}${NO_STATE}[^\\s"',}]+(?=[ \\t]{0,200}(?:["'\\r]|$))`,
      'gim',
    ),
    ['assword for ', 'asscode for ', 'assphrase for ', 'ass phrase'],
  ),
  ...CLIENT_PASSWORDS.map(({ name, hints, before }) =>
    shape(name, new RegExp(`(${before})${NO_REFERENCE}(?![$\`]\\(?)${CLIENT_VALUE}`, 'g'), hints),
  ),
];

/** A line that ends with the name of a secret, or with such a flag and a backslash: the value is on the next line. */
export const NAMED_AT_END = new RegExp(
  `(?:(?:${NAME})${CLOSE}[ \\t]{0,8}[:=][ \\t]{0,4}[|>]?[+-]?|--[a-z-]{0,24}(?:${NAME})|Bearer|Basic|Authorization["']?:)$`,
  'i',
);

/** How far before its end the quoted text that names a secret may begin. */
const QUOTED_MAX = 200;

/**
 * `printf "Password: "; touch a; touch "b"`: the quote after the name ends the word with the name and begins none, so what
 * follows is the rest of the command and no value. `start`: that of the value found.
 */
function isAfterQuoted(text: string, start: number): boolean {
  const quote = text[start - 1];
  // In a script that is quoted as one word; quoted-script.ts reads it.
  if (quote === "'" && text.startsWith("\\''", start)) return true;
  if ((quote !== '"' && quote !== "'") || !/[\s;|&),]/.test(text[start] ?? '')) return false;
  const opened = text.lastIndexOf(quote, start - 2);
  if (opened < 0 || opened < start - QUOTED_MAX) return false;
  const inside = text.slice(opened + 1, start - 1);
  return /^[^"'\\\r\n]*[:=][ \t]{0,8}$/.test(inside) && /^$|[\s(=]/.test(text[opened - 1] ?? '') && /\w/.test(inside);
}

function shape(name: string, pattern: RegExp, when: Rule['when']): Rule {
  const find = (text: string): readonly Span[] => {
    const spans: Span[] = [];
    for (const match of text.matchAll(pattern)) {
      const start = match.index + (match[1]?.length ?? 0);
      if (!isAfterQuoted(text, start)) spans.push({ start, end: match.index + match[0].length });
    }
    return spans;
  };
  return { name, when, find };
}

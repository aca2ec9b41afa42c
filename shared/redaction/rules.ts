/**
 * The table of what counts as a secret by its shape alone. One row, one shape.
 *
 * Every pattern stays inside one line and runs in linear time on text of any length: it is a fixed prefix and a greedy
 * run, or its repetitions are bounded. Patterns have no left word boundary, because a colour code (`\x1b[32m`) ends in
 * a letter and would hide the token behind it. Group 1, where there is one, is context that stays readable.
 */

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Rule {
  readonly name: string;
  /** If none of these occurs in the text, the pattern is not tried (case-sensitive; absent: always tried). */
  readonly hints?: readonly string[];
  readonly find: (text: string) => readonly Span[];
}

const SECRET_KEY =
  'pass(?:word|wd|phrase)|pwd|secret(?:[_-]?key)?(?:[_-]?base)?|token|api[_-]?key|access[_-]?key|private[_-]?key';
/** `$NAME` in a template names a secret without being one. */
const NO_REFERENCE = '(?!\\$\\{?[A-Z_][A-Z0-9_]{0,64}\\}?(?:["\'\\s;&]|$))';
const QUOTED = '"(?:[^"\\\\\\r\\n]|\\\\.){1,4096}"|\'[^\'\\r\\n]{1,4096}\'';

export const RULES: readonly Rule[] = [
  shape('fly-token', /FlyV1[ \t]+[\w+/=,.:-]{8,}/g, ['FlyV1']),
  shape('fly-macaroon', /fm[12][a-z]?_[\w+/=-]{16,}/g, ['fm1', 'fm2']),
  shape('fly-access-token', /fo1_[\w-]{16,}/g, ['fo1_']),
  shape('supabase-token', /sbp_\w{20,}/g, ['sbp_']),
  shape('supabase-secret-key', /sb_secret_[\w-]{8,}/g, ['sb_secret_']),
  { name: 'jwt', hints: ['eyJ'], find: findJwts },
  shape('github-token', /gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}/g, [
    'ghp_',
    'gho_',
    'ghu_',
    'ghs_',
    'ghr_',
    'github_pat_',
  ]),
  shape('gitlab-token', /glpat-[\w-]{16,}/g, ['glpat-']),
  shape('slack-token', /xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}/g, ['xox', 'xapp-']),
  shape('slack-webhook', /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/-]{8,}/g, ['hooks.slack.com']),
  shape('aws-key-id', /(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}/g, ['AKIA', 'ASIA', 'ABIA', 'ACCA']),
  shape('stripe-key', /[sr]k_(?:live|test)_[A-Za-z0-9]{10,}/g, ['k_live_', 'k_test_']),
  shape('google-key', /AIza[\w-]{35}/g, ['AIza']),
  shape('npm-token', /npm_[A-Za-z0-9]{36}/g, ['npm_']),
  shape('url-password', /(:\/\/[^\s:/@"'<>]{0,256}:)[^\s/"'<>]{1,512}(?=@)/g, ['://']),
  shape('authorization', /(Authorization["']?[ \t]{0,8}[:=][ \t]{0,8}["']?)[^\s"'][^\r\n"']*/gi),
  shape('bearer', /(Bearer[ \t]{1,8})[\w.~+/=-]{12,}/gi),
  shape('cookie', /(Cookie:[ \t]{1,8})[^\s][^\r\n]*/gi),
  shape(
    'assignment',
    new RegExp(`((?:${SECRET_KEY})["']?[ \\t]{0,8}=[ \\t]{0,8})${NO_REFERENCE}(?:${QUOTED}|[^\\s"'&;,]+)`, 'gi'),
  ),
  shape(
    'quoted-field',
    new RegExp(
      `((?:${SECRET_KEY})\\\\?["']?[ \\t]{0,8}:[ \\t]{0,8})${NO_REFERENCE}(?:${QUOTED}|\\\\"[^"\\r\\n]{1,4096}")`,
      'gi',
    ),
  ),
  shape(
    'password-field',
    new RegExp(`(pass(?:word|wd|phrase)["']?[ \\t]{0,8}:[ \\t]{0,8})${NO_REFERENCE}[^\\s"',}]+`, 'gi'),
  ),
  shape(
    'flag',
    new RegExp(`(--[a-z-]{0,24}(?:${SECRET_KEY})[ \\t]{1,8})${NO_REFERENCE}(?:${QUOTED}|[^\\s"'-][^\\s]*)`, 'gi'),
    ['--'],
  ),
  shape('user-flag', new RegExp(`((?:-u|--user)[ \\t=]{1,8}["']?[^\\s:"'$]{1,128}:)${NO_REFERENCE}[^\\s"']+`, 'g'), [
    '-u',
  ]),
];

function shape(name: string, pattern: RegExp, hints?: readonly string[]): Rule {
  const find = (text: string): readonly Span[] => {
    const spans: Span[] = [];
    for (const match of text.matchAll(pattern)) {
      spans.push({ start: match.index + (match[1]?.length ?? 0), end: match.index + match[0].length });
    }
    return spans;
  };
  return hints === undefined ? { name, find } : { name, hints, find };
}

/**
 * A JWT begins `eyJ` and has at least one dot. As one pattern it would be quadratic on a long run without dots, so the
 * runs are found first and looked into afterwards.
 */
function findJwts(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const run of text.matchAll(/[\w.-]+/g)) {
    const from = run[0].indexOf('eyJ');
    if (from < 0) continue;
    if (/^eyJ[\w-]{5,}\.[\w-]{5,}/.test(run[0].slice(from))) {
      spans.push({ start: run.index + from, end: run.index + run[0].length });
    }
  }
  return spans;
}

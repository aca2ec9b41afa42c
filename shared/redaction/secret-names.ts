/** Names that say that their value is secret: of variables, fields, headers, options and query parameters. */

/** Keys of these are shown to everybody, or are no keys. */
export const OPEN_KEYS =
  'public|publishable|primary|foreign|sort|partition|cache|row|hash|host|idempotency|object|group|lookup';

/**
 * What such a name ends in, in any case of letters. "pass" alone counts results of tests, "key" alone names a row: both
 * need a word before them.
 */
export const SECRET_ENDING = [
  'pass(?:word|wd|phrase|code)s?',
  '(?:[_-]|db|user|smtp|mail|root|admin)pass',
  '[_-]pwd',
  '(?<!(?:pull|existing)[_-]?)secret(?:[_-]?(?:key|access[_-]?key|value))?(?:[_-]?base)?',
  'token(?:[_-]?(?:secret|value))?',
  '(?:api|access|private|encryption|signing|signature|auth|master|service|account|storage|shared|app|application|license|deploy|session|webhook|admin|root|role|jwt|ssh|gpg|hmac|aes|client|subscription|secret|shared[_-]?access)[_-]?key',
  'credentials?',
  '[_-]auth',
  '[_-]salt',
  '[_-]pin',
  '[_-]dsn',
  '[_-]jwt',
  'conn(?:ection)?[_-]?str(?:ing)?',
].join('|');

/** Surely secret, whatever the value. */
const SURELY =
  /TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|SSHPASS|(?:^|_)(?:PASS|PWD)(?:$|_)|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY(?!_?ID)|CREDENTIAL|DATABASE_URL|_DSN$|WEBHOOK|CONN(?:ECTION)?_?STR(?:ING)?/i;
/** Secret when the value looks like one. */
const MAYBE =
  /(?:^|_)KEYS?(?:$|_)|KEY$|AUTH(?!OR)|(?:^|_)(?:SALT|PIN|PSK|JWT|DSN|SEED|HMAC|COOKIE|CERT|LICENSE|SIGNATURE)(?:$|_)|BEARER/i;
const OPEN = new RegExp(`(?:${OPEN_KEYS})_?KEY|KEY_?ID$`, 'i');
/** Of a value that says where the secret is, or what is true of it. */
const PLACE = /^(?:~|\.{0,2}\/|[A-Za-z]:[\\/])[^\s:@]*$/;
const ORDINARY = /^(?:true|false|yes|no|on|off|none|null|\d{1,5}|[a-z]+)$/i;
/** A URL is secret only in parts: known-secrets.ts finds which. */
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;
const WITH_USER_INFO = /^[a-z][a-z0-9+.-]*:\/\/[^\s/]{1,512}@/i;

/**
 * The values of an environment that its names or the values themselves say are secret. A value that stands under a
 * harmless name too (PGUSER=postgres beside PGPASSWORD=postgres) is no secret worth hiding the word for.
 */
export function secretsOf(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const entries = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const secret = entries.filter(([name, value]) => isSecret(name, value));
  const names = new Set(secret.map(([name]) => name));
  const open = new Set(entries.filter(([name]) => !names.has(name)).map(([, value]) => value));
  return secret.map(([, value]) => value).filter((value) => !open.has(value));
}

function isSecret(name: string, value: string): boolean {
  if (WITH_USER_INFO.test(value)) return true;
  if (/^(?:OLD)?PWD$/.test(name) || OPEN.test(name) || (PLACE.test(value) && !looksRandom(value))) return false;
  if (SURELY.test(name)) return !/^(?:true|false|\d{1,5})$/i.test(value);
  if (ADDRESS.test(value)) return false;
  if (MAYBE.test(name)) return value.length >= 8 && !ORDINARY.test(value);
  return looksRandom(value);
}

/**
 * A value that nobody would choose for its meaning: at least 20 letters of both cases and digits in one word, and
 * near the most entropy that its length can have. Ids, digests and versions are of one case, or have their own marks.
 */
export function looksRandom(value: string): boolean {
  if (value.length < 20 || value.length > 512 || !/^[\w+/=.-]+$/.test(value)) return false;
  if (!/[a-z]/.test(value) || !/[A-Z]/.test(value) || !/\d/.test(value)) return false;
  // Names of files, hosts and versions have many short parts.
  if ((value.match(/[/._-]/g)?.length ?? 0) > value.length / 8) return false;
  return entropyOf(value) >= 3.5;
}

/** Bits a character (Shannon). */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

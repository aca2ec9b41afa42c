/** Recognizes names of secrets: variables, fields, headers, options and query parameters. */

/** Words before "key" for keys that are public, or not keys at all. */
export const OPEN_KEYS =
  'public|publishable|primary|foreign|sort|partition|cache|row|hash|host|idempotency|object|group|lookup';

/**
 * The endings of such names, in any case. "pass" alone counts test results and "key" alone names a row, so both need a word
 * before them.
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

/** Secret for any value. */
const SURELY =
  /TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|SSHPASS|(?:^|_)(?:PASS|PWD)(?:$|_)|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY(?!_?ID)|CREDENTIAL|DATABASE_URL|_DSN$|WEBHOOK|CONN(?:ECTION)?_?STR(?:ING)?/i;
/** Secret if the value looks like one. */
const MAYBE =
  /(?:^|_)KEYS?(?:$|_)|KEY$|AUTH(?!OR)|(?:^|_)(?:SALT|PIN|PSK|JWT|DSN|SEED|HMAC|COOKIE|CERT|LICENSE|SIGNATURE)(?:$|_)|BEARER/i;
const OPEN = new RegExp(`(?:${OPEN_KEYS})_?KEY|KEY_?ID$`, 'i');
/** Names of values that say where a secret is, or describe it. */
const PLACE = /^(?:~|\.{0,2}\/|[A-Za-z]:[\\/])[^\s:@]*$/;
const ORDINARY = /^(?:true|false|yes|no|on|off|none|null|\d{1,5}|[a-z]+)$/i;
/** Only parts of a URL are secret: see known-secrets.ts. */
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;
const WITH_USER_INFO = /^[a-z][a-z0-9+.-]*:\/\/[^\s/]{1,512}@/i;

/**
 * The values of an environment that are secret by their name or by their form. A value that a harmless name has too
 * (PGUSER=postgres and PGPASSWORD=postgres) is not hidden: it would hide an ordinary word everywhere.
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
 * A random-looking value: one word of at least 20 characters with letters of both cases and digits, and close to the highest
 * entropy for its length. Ids, digests and versions have one case, or separators.
 */
function looksRandom(value: string): boolean {
  if (value.length < 20 || value.length > 512 || !/^[\w+/=.-]+$/.test(value)) return false;
  if (!/[a-z]/.test(value) || !/[A-Z]/.test(value) || !/\d/.test(value)) return false;
  // Names of files, hosts and versions consist of short parts.
  if ((value.match(/[/._-]/g)?.length ?? 0) > value.length / 8) return false;
  return entropyOf(value) >= 3.5;
}

/** Shannon entropy, in bits per character. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

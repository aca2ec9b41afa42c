/** Lists the forms in which the value of a secret variable may appear in output. */

/** Shorter values are not hidden: hiding every "1" or "prod" would make output unreadable. */
const SECRET_MIN_LENGTH = 6;
const BASE64_MIN_LENGTH = 8;

/**
 * All forms of the values, longest first: as is, in JSON, in a URL, in single quotes, in base64 (alone or inside a longer
 * encoded text). A value of several lines is searched for line by line.
 */
export function secretForms(secrets: readonly string[]): readonly string[] {
  const forms = new Set<string>();
  for (const secret of secrets.flatMap(partsOfAddress)) {
    for (const line of [secret, ...secret.split(/[\r\n]+/)]) {
      const value = line.trim();
      if (value.length < SECRET_MIN_LENGTH || /[\r\n]/.test(value)) continue;
      for (const form of formsOf(value)) forms.add(form);
    }
    // In base64 and JSON, a value of several lines is one line.
    if (/[\r\n]/.test(secret) && secret.length >= SECRET_MIN_LENGTH) {
      for (const form of formsOf(secret)) if (!/[\r\n]/.test(form)) forms.add(form);
    }
  }
  return [...forms]
    .filter((form) => form.length >= SECRET_MIN_LENGTH)
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** The parts of an address that are secret too: its password, a user that is a token, a long last part. */
function partsOfAddress(value: string): readonly string[] {
  const address = /^[a-z][a-z0-9+.-]{0,30}:\/\/(?:([^\s:@/]{0,512})(?::([^\s]{0,1024}))?@)?/i.exec(value);
  if (address === null) return [value];
  const [all, user = '', password = ''] = address;
  const parts = password !== '' ? [password] : user.length >= 12 ? [user] : [];
  const last = /[^/?#]{20,}$/.exec(value.slice(all.length))?.[0];
  return [value, ...parts.flatMap((part) => [part, percentDecoded(part)]), ...(last === undefined ? [] : [last])];
}

function percentDecoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function formsOf(value: string): readonly string[] {
  const url = encodeURIComponent(value.toWellFormed());
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    value.replaceAll("'", `'\\''`),
    url,
    url.replaceAll('%20', '+'),
    url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    ...base64Forms(utf8(value.toWellFormed())),
  ];
}

/** Base64 depends on the position of the value in the encoded text: only characters that the value alone determines are used. */
function base64Forms(bytes: readonly number[]): readonly string[] {
  const forms: string[] = [];
  for (const [shift, dropped] of [
    [0, 0],
    [1, 2],
    [2, 3],
  ] as const) {
    const digits = base64Digits([...Array.from({ length: shift }, () => 0), ...bytes]);
    const own = digits.slice(dropped, Math.floor(((shift + bytes.length) * 8) / 6));
    if (own.length < BASE64_MIN_LENGTH) continue;
    forms.push(own, own.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return forms;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64Digits(bytes: readonly number[]): string {
  let digits = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (const shift of [18, 12, 6, 0]) digits += DIGITS[(group >> shift) & 63];
  }
  return digits;
}

function utf8(value: string): readonly number[] {
  const bytes: number[] = [];
  for (const part of encodeURIComponent(value).matchAll(/%([0-9A-F]{2})|[^%]/g)) {
    bytes.push(part[1] === undefined ? part[0].charCodeAt(0) : Number.parseInt(part[1], 16));
  }
  return bytes;
}

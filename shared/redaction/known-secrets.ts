/** The forms in which the value of a secret variable may turn up in output. */

/** Shorter values are left alone: hiding every "1" or "prod" would make output unreadable and hide nothing. */
const SECRET_MIN_LENGTH = 6;
const BASE64_MIN_LENGTH = 8;

/**
 * Every form of the given values worth looking for, longest first: as it is, in JSON, in a URL, in single quotes, in
 * base64 (alone or inside a longer encoded text). A value of several lines is looked for line by line.
 */
export function secretForms(secrets: readonly string[]): readonly string[] {
  const forms = new Set<string>();
  for (const secret of secrets.flatMap(partsOfAddress)) {
    for (const line of [secret, ...secret.split(/[\r\n]+/)]) {
      const value = line.trim();
      if (value.length < SECRET_MIN_LENGTH || /[\r\n]/.test(value)) continue;
      for (const form of formsOf(value)) forms.add(form);
    }
    // A value of several lines in base64 or JSON is one line again.
    if (/[\r\n]/.test(secret) && secret.length >= SECRET_MIN_LENGTH) {
      for (const form of formsOf(secret)) if (!/[\r\n]/.test(form)) forms.add(form);
    }
  }
  return [...forms]
    .filter((form) => form.length >= SECRET_MIN_LENGTH)
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** Of an address the parts that are secret by themselves too: its password, a user that is a token, a long last part. */
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

/** Base64 depends on where the value starts in the encoded text; the characters that only it decides are looked for. */
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

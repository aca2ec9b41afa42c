/** JSON as `render.JSON` writes it: four spaces, a newline at the end, and Go's escapes for `<`, `>` and `&`. */
export const goJson = (value: unknown, indent = 4): string =>
  `${JSON.stringify(value, null, indent).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}\n`;

/** A time as Go prints RFC 3339 without fractions. */
export const rfc3339 = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

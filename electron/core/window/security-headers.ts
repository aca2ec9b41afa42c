/** Headers that restrict what the page of a window may do. Both hosts send them with every answer. */

/**
 * The Content-Security-Policy of the window. `connect` lists what the page may connect to: nothing on the desktop
 * (calls go through the preload), its own origin and WebSocket on loopback.
 */
export function contentSecurityPolicy(connect: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect.length === 0 ? "'none'" : connect.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * All headers of an answer to a window, without its type and length. Nothing is cached: files come from this machine,
 * and a page that survives an update of the app would speak an old API.
 */
export function windowHeaders(connect: readonly string[]): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(connect),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}

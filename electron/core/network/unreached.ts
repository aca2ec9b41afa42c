/** Why an address was not reached, in words that name what is in the way. */

/** By the code of the system, of Node or of OpenSSL. Other errors are told as the system says them. */
const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name cannot be resolved',
  EAI_AGAIN: 'the name cannot be resolved (no answer from DNS)',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was cut',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no network',
  ETIMEDOUT: 'the connection timed out',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another name',
};

const UNKNOWN_AUTHORITY =
  'the certificate is of an authority that this machine does not trust (SSL_CERT_FILE names a file with it)';
const UNTRUSTED: ReadonlySet<string> = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

export const PROXY_LOGIN = 'the proxy asks for a login (407)';

/** The code of an error that says what stands between this machine and the address; its message is safe to show. */
export const IN_THE_WAY = 'IN_THE_WAY';

/** What stands between this machine and the address: a proxy that refuses, an unknown authority. Null: something else. */
export function inTheWay(error: Error): string | null {
  const code = 'code' in error ? error.code : '';
  if (UNTRUSTED.has(String(code))) return UNKNOWN_AUTHORITY;
  if (code !== 'ERR_PROXY_TUNNEL') return null;
  const status = /\b[45]\d\d\b/.exec(error.message.replace(/^.*HTTP\/\d\.\d /s, ''))?.[0];
  return status === '407' ? PROXY_LOGIN : `the proxy makes no connection to it${status ? ` (${status})` : ''}`;
}

/** What to do about a reason of `whyUnreached`. */
export function adviceOn(reason: string): string {
  if (reason === PROXY_LOGIN)
    return 'Renew the login of the proxy, or correct the address in http_proxy and https_proxy.';
  if (reason.includes('proxy')) return 'Check http_proxy, https_proxy and no_proxy, then the address in the runbook.';
  if (reason === UNKNOWN_AUTHORITY) return 'Name the file with the authority: SSL_CERT_FILE=/path/to/authority.pem.';
  if (reason.includes('certificate')) return 'Check the address in the runbook and the clock of this machine.';
  return 'Check the network and the address in the runbook.';
}

/** The proxy's own address is left out: it may hold a password. */
export function whyUnreached(thrown: unknown, throughProxy: boolean): string {
  // Several addresses were tried: the first failure is reported.
  const error: unknown = thrown instanceof AggregateError ? (thrown.errors[0] ?? thrown) : thrown;
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const obstacle = inTheWay(error);
  if (obstacle !== null) return obstacle;
  const words = REASONS[code] ?? (throughProxy ? code || 'the connection failed' : error.message);
  return throughProxy ? `${words} (through the proxy)` : words;
}

/**
 * What stands between this machine and a server it can see, in the words of OpenSSH 9, OpenSSL 3, Go's crypto/x509 and
 * net/http, libcurl 7.88 and Node 24. No VPN helps there, so these come before "could not be reached".
 */
import type { Signature } from '../error-signature.ts';

export const IN_THE_WAY: readonly (Signature & { readonly text: RegExp })[] = [
  {
    code: 'host-key-changed',
    text: /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for \S+ has changed/,
    sentence:
      'The server shows another host key than the one this machine knows: it was replaced, or it is not that server.',
    next: 'Compare the new key with what its operator publishes; only then replace it with `ssh-keygen -R HOST`.',
  },
  {
    code: 'host-key',
    text: /Host key verification failed|No \S+ host key is known for/,
    sentence: 'The host key of the server is not known on this machine, so nothing was asked.',
    next: 'Connect once with `ssh` in a terminal and compare the key with what its operator publishes.',
  },
  {
    code: 'proxy-login',
    text: /\b407\b[^\n]{0,60}proxy|proxy[^\n]{0,80}\b407\b|response 407|returned error: 407|Received HTTP code 407|Proxy Authentication Required|code E407/i,
    sentence: 'The proxy of this network wants a login (407); the server itself was not asked.',
    next: 'Renew the login of the proxy, or correct the address in http_proxy and https_proxy.',
  },
  {
    code: 'no-proxy',
    text: /Could not resolve proxy|proxyconnect tcp|Failed to connect to proxy|CONNECT tunnel failed/i,
    sentence: 'The proxy that this machine is set to use does not let it through; the server itself was not asked.',
    next: 'Check http_proxy, https_proxy and no_proxy.',
  },
  {
    code: 'certificate',
    text: /certificate (?:has|is) expired|CERT_HAS_EXPIRED|certificate has expired or is not yet valid|certificate is not yet valid/i,
    sentence: 'The certificate of the server has expired, or the clock of this machine is wrong.',
    next: 'Check the clock first; then the certificate has to be renewed.',
  },
  {
    code: 'certificate',
    text: /does not match (?:target )?host name|no alternative certificate subject name matches|ALTNAME_INVALID|certificate is (?:not )?valid for [^\n]+, not /i,
    sentence: 'The certificate of the server is for another name.',
    next: 'Check the address.',
  },
  {
    code: 'certificate',
    text: /self[- _]signed|unable to get (?:local )?issuer|unknown (?:certificate )?authority|SELF_SIGNED_CERT|UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF)|certificate verif(?:y|ication) failed|SSL certificate problem|root certificate file "[^"]*" does not exist|x509: /i,
    sentence:
      'The certificate of the server is of an authority that this tool does not trust: an own one, or that of a proxy.',
    next: 'Name the file with that authority (SSL_CERT_FILE, NODE_EXTRA_CA_CERTS, or an option of the tool); do not switch the check off.',
  },
];

/** The same rows for a tool that begins the lines of its own failures with `lead`, the source of a pattern. */
export const inTheWay = (lead: string): readonly Signature[] =>
  IN_THE_WAY.map((row) => ({ ...row, text: new RegExp(`${lead}[^\\n]*(?:${row.text.source})`, 'im') }));

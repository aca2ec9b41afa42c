/** Explains a failed curl by its exit code (curl 7.88.1, manual, EXIT CODES). */
import type { Signature } from '../error-signature.ts';
import { inTheWay } from './connection-errors.ts';

export const CURL_FAILURES: readonly Signature[] = [
  // What it fetched may say such words too.
  ...inTheWay(String.raw`^curl: \(\d+\)`),
  {
    code: 'no-proxy',
    exitCode: 5,
    sentence: 'The name of the proxy could not be found; the address itself was not asked.',
    next: 'Check http_proxy, https_proxy and no_proxy.',
  },
  {
    code: 'unknown-command',
    exitCode: 2,
    sentence: 'This curl does not know an option, or was given no address; nothing was asked.',
    next: 'Correct the command in the runbook.',
  },
  {
    code: 'no-network',
    exitCode: 6,
    sentence: 'The name of the host could not be found.',
    next: 'Check the address, then the network and the VPN.',
  },
  {
    code: 'no-network',
    exitCode: 7,
    text: /Network is unreachable|No route to host/i,
    sentence: 'This network has no way to that address; where it is an IPv6 address, it has no IPv6.',
    next: 'Check the network and the VPN; `curl -4` asks over IPv4.',
  },
  {
    code: 'no-connection',
    exitCode: 7,
    sentence: 'Nothing answers at that address: the connection was refused.',
    next: 'Read the status of the machines; the service may not be started.',
  },
  {
    code: 'http-error',
    exitCode: 22,
    sentence: 'The service answered with an error of HTTP.',
    next: 'Read its logs and the status of the machines; the address may also be the wrong one.',
  },
  {
    code: 'timeout',
    exitCode: 28,
    sentence: 'There was no answer within the time limit.',
    next: 'Ask once more; if it stays so, read the status of the machines.',
  },
  {
    code: 'tls',
    exitCode: 35,
    sentence: 'The encrypted connection could not be made.',
    next: 'Check the address (https or http) and anything between, such as a proxy.',
  },
  {
    code: 'connection-lost',
    exitCode: 52,
    sentence: 'The service took the question and answered nothing.',
    next: 'Read its logs: it may crash while it answers.',
  },
  {
    code: 'connection-lost',
    exitCode: 56,
    sentence: 'The connection broke off while the answer was read.',
    next: 'Ask once more; if it stays so, read the logs of the service.',
  },
  {
    code: 'certificate',
    exitCode: 60,
    sentence: 'The certificate of the address is not trusted.',
    next: 'Check whether it expired, and whether a proxy is in between; do not switch the check off.',
  },
  {
    code: 'certificate',
    exitCode: 77,
    sentence: 'The file with the trusted authorities could not be read.',
    next: 'Correct SSL_CERT_FILE, CURL_CA_BUNDLE or `--cacert`.',
  },
  {
    code: 'no-proxy',
    exitCode: 97,
    sentence: 'The proxy of this machine did not make the connection.',
    next: 'Check http_proxy, https_proxy and no_proxy.',
  },
];

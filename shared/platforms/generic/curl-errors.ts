/** Explains a failed curl by its exit code (curl 7.88.1, manual, EXIT CODES). */
import type { Signature } from '../error-signature.ts';

export const CURL_FAILURES: readonly Signature[] = [
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
];

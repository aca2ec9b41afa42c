/** Explains a failed npm command (npm 11.19.1). npm ends with the exit code of a failed script and prints no error then. */
import type { Signature } from '../error-signature.ts';
import { inTheWay } from './connection-errors.ts';

export const NPM_FAILURES: readonly Signature[] = [
  {
    code: 'no-script',
    text: /Missing script:/,
    sentence: 'The package has no script of that name; nothing was run.',
    next: 'Look with `npm run` at what there is, and correct the runbook.',
  },
  {
    code: 'no-package',
    text: /Could not read package\.json|enoent This is related to npm not being able to find a file/,
    sentence: 'There is no package.json here: it was not run in a checkout of the repository.',
    next: 'Go to the checkout, or set its path for this runbook.',
  },
  {
    code: 'unknown-command',
    text: /Unknown command:/,
    sentence: 'This npm has no such command; nothing was run.',
    next: 'Correct the command in the runbook.',
  },
  {
    code: 'no-lock-file',
    text: /can only install with an existing package-lock\.json/,
    sentence: 'There is no lock file here, so nothing was installed.',
    next: 'Make sure that it is the right checkout.',
  },
  {
    code: 'login-expired',
    text: /code (?:E401|ENEEDAUTH)/,
    sentence: 'The package registry does not accept the login.',
    next: 'Renew it in a terminal, then take up this step again.',
  },
  // A script prints such words too; npm's own failures have its prefix.
  ...inTheWay(String.raw`^npm (?:error|ERR!)`),
  {
    code: 'no-network',
    text: /code (?:ECONNREFUSED|ENOTFOUND|ETIMEDOUT|ECONNRESET|EAI_AGAIN)/,
    sentence: 'The package registry could not be reached.',
    next: 'Check the network and the VPN.',
  },
  {
    code: 'script-failed',
    text: /^> \S/m,
    sentence: 'The script ran and failed.',
    next: 'Read what it printed: the failure is its own, not that of npm.',
  },
];

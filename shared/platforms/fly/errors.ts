/**
 * Explains failed fly commands. Texts are matched, because flyctl has one exit code for nearly everything
 * (flyctl v0.4.87 internal/cli/cli.go; the source of each text is beside its row).
 */
import type { ExitFact } from '#shared/incident/topics/runs-events.ts';

export type FlyFailureCode =
  | 'login-expired'
  | 'app-not-found'
  | 'app-not-named'
  | 'image-gone'
  | 'health-timeout'
  | 'lease-held'
  | 'never-started'
  | 'crash-loop'
  | 'release-command-failed'
  | 'no-network'
  | 'interrupted'
  | 'unknown-command'
  | 'needs-terminal';

export interface Explanation {
  readonly code: FlyFailureCode;
  /** What happened. */
  readonly sentence: string;
  /** What to do next. */
  readonly next: string;
}

interface Signature extends Explanation {
  readonly exitCode?: number;
  readonly text?: RegExp;
}

/** The first match wins, so a cause comes before the symptoms that quote it. */
const SIGNATURES: readonly Signature[] = [
  {
    // Nothing is printed; a shell's "command not found" has the same number but prints a line.
    code: 'interrupted',
    exitCode: 127,
    text: /^\s*$/,
    sentence: 'The command was interrupted; machines may run different versions now.',
    next: 'Read the status of every machine, then deploy the chosen image again.',
  },
  {
    // First, because this error quotes log lines of the machine, which may look like any other error.
    code: 'crash-loop',
    text: /smoke checks for \S+ failed|appears to be crashing/i,
    sentence: 'The image starts and crashes again.',
    next: 'Read the logs of the machine, then choose an older release.',
  },
  {
    code: 'release-command-failed',
    text: /release command failed/i,
    sentence: 'The release command failed, so nothing was deployed.',
    next: 'Deploy with `--skip-release-command`: an old image must not run migrations again.',
  },
  {
    // fly-go/api.go, command.go; logs answer with the bare HTTP status, the Machines API with "unauthorized".
    code: 'login-expired',
    text: /no access token available|401 Unauthorized|non-200 status code: 401|\bunauthorized\b|not authorized/i,
    sentence: 'The Fly login is missing or has expired.',
    next: 'Run `fly auth login` in a terminal, then take up this step again.',
  },
  {
    code: 'image-gone',
    text: /could not find image/i,
    sentence: 'The image is no longer in the registry.',
    next: 'Choose an older release, or build the tagged source again.',
  },
  {
    // deploy.go says it in its own words; logs print the bare HTTP status.
    code: 'app-not-found',
    text: /Could not find App|app name .* could not be found|Error: 404 Not Found/i,
    sentence: 'There is no such app, or this login may not see it.',
    next: 'Compare the app name with `fly apps list`, and the login with `fly auth whoami`.',
  },
  {
    code: 'app-not-named',
    text: /missing an app name/i,
    sentence: 'The command does not say which app it is for.',
    next: 'Add `-a` with the name of the app.',
  },
  {
    code: 'health-timeout',
    text: /timeout reached waiting for health ?checks to pass/i,
    sentence: 'The health checks did not pass in time; updated machines stay updated, the others keep their version.',
    next: 'Read the status and the health address: deploy again with a longer `--wait-timeout`, or choose an older release.',
  },
  {
    code: 'never-started',
    text: /timeout reached waiting for machine'?s? (?:state to change|to start)|never started or exited immediately/i,
    sentence: 'A machine did not reach the state "started".',
    next: 'Read the logs of the machine; deploy again, or choose an older release.',
  },
  {
    // 409 from the Machines API; a lease lasts 13 s, for restarts 120 s.
    code: 'lease-held',
    text: /failed to (?:obtain|acquire|get) lease|did not acquire lease|lease currently held/i,
    sentence: 'Another deploy holds the machines, or one was killed less than two minutes ago.',
    next: 'Find out who else is deploying; wait for half a minute and try again.',
  },
  {
    code: 'no-network',
    text: /dial tcp|no such host|network is unreachable|connection refused|TLS handshake timeout|i\/o timeout/i,
    sentence: 'Fly could not be reached from this machine.',
    next: 'Check the network and the VPN; status.flyio.net tells whether Fly itself is down.',
  },
  {
    // cobra's words; "unknown flag" is the same kind of mistake.
    code: 'unknown-command',
    text: /unknown (?:command|(?:shorthand )?flag)\b/i,
    sentence: 'This fly has no such command or flag; nothing was changed.',
    next: 'Correct the runbook, and run the corrected command by hand until then.',
  },
  {
    code: 'needs-terminal',
    text: /prompt: non interactive|yes flag must be specified when not running interactively|requires an interactive terminal/i,
    sentence: 'The command wants to ask something and has no terminal to ask in.',
    next: 'Copy the command, run it in a terminal, and mark it as run by hand.',
  },
];

const COLOURS = /\u001b\[[0-9;]*m/g;

/** Explains a failed fly command; null: it succeeded, or the cause is unknown. */
export function explainFailure(exit: ExitFact, stdout: string, stderr: string): Explanation | null {
  if (exit.kind === 'code' && exit.code === 0) return null;
  if (exit.kind === 'signal') return explanationOf(signatureOf('interrupted'));
  const text = stderr.replace(COLOURS, '');
  const code = exit.kind === 'code' ? exit.code : null;
  const found =
    SIGNATURES.find((row) => matches(row, code, text)) ??
    SIGNATURES.find((row) => row.exitCode === undefined && matches(row, code, errorLines(stdout)));
  return found === undefined ? null : explanationOf(found);
}

/** Uses only the errors of fly from standard output, because the rest may be the log of the app. */
const errorLines = (stdout: string): string =>
  stdout
    .replace(COLOURS, '')
    .split('\n')
    .filter((line) => line.startsWith('Error:'))
    .join('\n');

const matches = (row: Signature, code: number | null, text: string): boolean =>
  (row.exitCode === undefined || row.exitCode === code) && (row.text === undefined || row.text.test(text));

function signatureOf(code: FlyFailureCode): Signature {
  const row = SIGNATURES.find((signature) => signature.code === code);
  if (row === undefined) throw new Error(`no signature for ${code}`);
  return row;
}

const explanationOf = ({ code, sentence, next }: Signature): Explanation => ({ code, sentence, next });

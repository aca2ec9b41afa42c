import { allCommands } from '#shared/runbook/commands.ts';
import type { ShellView } from '#shared/settings/settings.ts';
import { statfs } from 'node:fs/promises';
import { keepingRefusal } from '#core/runner/keeper/run-folder.ts';
import { NO_INTERRUPT } from '#core/runner/windows-tree.ts';
import { type ChecksOf, failed, firstLine, type Found, ok, unknown, warning } from '../readiness-check.ts';
import { AWAKE_TOOLS } from '#core/runner/keep-awake.ts';

const MB = 1024 * 1024;
const DISK_FAIL = 500 * MB;
const DISK_WARN = 5_000 * MB;
/** supabase 2 and 3: these run a container (facts of internal/db/dump). */
const NEEDS_DOCKER = /\bsupabase\s+db\s+(?:dump|pull|diff)\b(?!.*--dry-run)/;

/**
 * The login shell, room for output and dumps, named pipes for changes that outlive Rollbook, and Docker where a dump needs it.
 */
export const machine: ChecksOf = ({ model, store, read, shell }) => [
  ...(shell === null
    ? []
    : [
        {
          id: 'login-shell',
          group: 'machine' as const,
          title: 'Variables of the login shell',
          look: () => Promise.resolve(shellOf(shell)),
        },
      ]),
  ...(process.platform === 'win32'
    ? [
        {
          id: 'interrupt',
          group: 'machine' as const,
          title: 'Stopping a change',
          look: () =>
            Promise.resolve(warning(NO_INTERRUPT, 'Where a stop may be needed, run the change from Linux or macOS.')),
        },
      ]
    : []),
  {
    id: 'disk',
    group: 'machine',
    title: 'Disk space',
    look: async () => {
      const refused = process.platform === 'win32' ? null : keepingRefusal(store.folder);
      if (refused !== null) return failed(refused.message, refused.advice ?? '');
      const { bavail, bsize } = await statfs(store.folder);
      return diskOf(bavail * bsize, store.folder);
    },
  },
  ...(allCommands(model).some(({ text }) => NEEDS_DOCKER.test(text))
    ? [
        {
          id: 'docker',
          group: 'machine' as const,
          title: 'Docker, for database dumps',
          look: async (): Promise<Found> => {
            const answer = await read('docker', ['version', '--format', '{{.Server.Version}}']);
            const fix = 'Start Docker, or dump with pg_dump, which needs none.';
            if (answer.kind === 'not-asked') return failed(answer.why, fix);
            if (answer.code === null) return unknown('docker did not answer in time', fix);
            return answer.code === 0 ? ok(`server ${answer.stdout.trim()}`) : failed(firstLine(answer), fix);
          },
        },
      ]
    : []),
];

function shellOf({ shell, state, problem }: ShellView): Found {
  const fix = 'Correct its start-up files, then ask it again in the settings.';
  if (state === 'asking') return unknown(`${shell} has not answered yet`, 'Wait for it, then look again.');
  if (problem === null) return ok(`from ${shell}`);
  return state === 'failed' ? failed(problem, fix) : warning(problem, fix);
}

function diskOf(free: number, folder: string): Found {
  const words = `${(free / MB / 1024).toFixed(1)} GB free in ${folder}`;
  const fix = 'Free some disk space: command output is kept, and a dump may be large.';
  if (free < DISK_FAIL) return failed(words, fix);
  return free < DISK_WARN ? warning(words, fix) : ok(words);
}

const FIX = 'Switch sleep off for the time of an incident, or use the desktop app.';

/** Whether the machine can be kept from sleeping while commands and watches run (product rule 15). */
export const wakefulness: ChecksOf = ({ host, read }) => [
  {
    id: 'awake',
    group: 'machine',
    title: 'Kept awake during commands and watches',
    look: async (): Promise<Found> => {
      if (host === 'desktop') return ok('by the desktop app');
      const means = AWAKE_TOOLS[process.platform];
      if (means === undefined) return warning('only the desktop app can do it on this platform', FIX);
      const answer = await read(means.tool, [...means.args, 'true']);
      if (answer.kind === 'not-asked') return warning(answer.why, FIX);
      return answer.code === 0 ? ok(`by ${means.tool}`) : warning(`${means.tool}: ${firstLine(answer)}`, FIX);
    },
  },
];

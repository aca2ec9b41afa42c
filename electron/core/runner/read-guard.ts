/**
 * Ends read-only commands when the app is gone, however it ended: nobody reads their output then. On POSIX one small
 * `sh` for all of them waits for that: the kernel closes its input with the app. Each reading is registered when it
 * starts and removed when it ends, before its pid can be reused.
 */

import { type ChildProcess, spawn } from 'node:child_process';

/** Time between SIGTERM and SIGKILL, seconds. */
const GRACE_S = 2;

/** Reads `+ GROUP` and `- GROUP`, one a line. */
const GUARD_SCRIPT = `
groups=' '
while read -r sign group; do
  case $sign in
    +) groups="$groups$group " ;;
    -) groups="\${groups%% $group *} \${groups#* $group }" ;;
  esac
done
[ "$groups" = ' ' ] && exit
for group in $groups; do kill -s TERM -- "-$group"; done
sleep ${GRACE_S}
for group in $groups; do kill -s KILL -- "-$group"; done
`;

const guarded = new Set<number>();
let guard: ChildProcess | null = null;

/** Ends the process group when this process ends. Returns a function to call when the group has ended by itself. */
export function endsWithUs(pgid: number): () => void {
  if (process.platform === 'win32') return () => undefined;
  guarded.add(pgid);
  if (guard === null) begin();
  else tell(`+ ${pgid}`);
  return () => {
    if (guarded.delete(pgid)) tell(`- ${pgid}`);
  };
}

/** In a session of its own: Ctrl-C in a terminal ends the app first, and then what the app was reading. */
function begin(): void {
  const child = spawn('/bin/sh', ['-c', GUARD_SCRIPT, `rollbook-reads:${process.pid}`], {
    env: { PATH: '/usr/bin:/bin' },
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const gone = (): void => {
    if (guard === child) guard = null;
  };
  child.once('error', gone);
  child.once('exit', gone);
  child.stdin.once('error', gone);
  // It must not keep this process alive.
  child.unref();
  (child.stdin as typeof child.stdin & { unref?: () => void }).unref?.();
  guard = child;
  for (const pgid of guarded) tell(`+ ${pgid}`);
}

/** Node hands a line as short as this to the kernel before it returns. */
function tell(line: string): void {
  guard?.stdin?.write(`${line}\n`);
}

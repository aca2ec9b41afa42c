/**
 * The processes of a command on Windows, which has no process groups: the tree below the one that was started. A parent
 * may end before its children, so the tree is looked at and not its root.
 */
import { askSystem, type SystemAnswer } from './system-program.ts';

type Ask = (program: string, args: readonly string[]) => SystemAnswer;

/** A line for each process: its id, its parent's id, and when it began, in ticks of 100 ns. */
const LISTING =
  'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) $($_.CreationDate.Ticks)" }';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly began: bigint;
}

/** null: the system did not list its processes. */
function listed(ask: Ask): readonly Process[] | null {
  const { code, stdout } = ask('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', LISTING]);
  if (code !== 0) return null;
  return [...stdout.matchAll(/^(\d+) (\d+) (\d+)\s*$/gm)].map(([, pid, parent, began]) => ({
    pid: Number(pid),
    parent: Number(parent),
    began: BigInt(began ?? 0),
  }));
}

/** What was seen of each tree, by its root: the children of a process that has ended name a parent that is not listed. */
const seen = new Map<number, Map<number, bigint>>();

/** Ids of the living processes of a tree; null: not known. */
export function livingInTree(root: number, ask: Ask = askSystem): readonly number[] | null {
  const all = listed(ask);
  if (all === null) return null;
  const members = seen.get(root) ?? new Map<number, bigint>();
  const own = all.find(({ pid }) => pid === root);
  if (members.size === 0) members.set(root, own?.began ?? 0n);
  // Parents first: a child began after its parent, and a later process with the id of an old one is no parent of it.
  for (const { pid, parent, began } of all.toSorted((a, b) => Number(a.began - b.began))) {
    const since = members.get(parent);
    if (since !== undefined && began >= since && pid !== root) members.set(pid, began);
  }
  const living = all.filter(({ pid, began }) => members.get(pid) === began).map(({ pid }) => pid);
  if (living.length === 0) seen.delete(root);
  else seen.set(root, members);
  return living;
}

/** True only when the whole tree is known to have ended. */
export const treeIsGone = (root: number, ask: Ask = askSystem): boolean => livingInTree(root, ask)?.length === 0;

/**
 * An interrupt does not exist for a process without a console; without /F `taskkill` asks those that have a window, and
 * leaves the others alone. Only a kill has /F, for each living process: the root may have ended already.
 */
export function signalTree(root: number, signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL', ask: Ask = askSystem): void {
  if (signal === 'SIGINT') {
    ask('taskkill', ['/T', '/PID', String(root)]);
    return;
  }
  const living = livingInTree(root, ask) ?? [root];
  if (living.length > 0) ask('taskkill', ['/T', '/F', ...living.flatMap((pid) => ['/PID', String(pid)])]);
}

/** Rule 5 on Windows, told before a change starts: on the home screen and on readiness. */
export const NO_INTERRUPT =
  'On Windows a running change cannot be interrupted. Stop only asks it to end; after 60 s a kill, confirmed separately, ends its whole tree, and machines may be mixed.';

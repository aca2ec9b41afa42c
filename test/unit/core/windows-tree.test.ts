import { describe, expect, it } from 'vitest';
import { isWslBash } from '#core/runner/tool-locator.ts';
import { livingInTree, signalTree, treeIsGone } from '#core/runner/windows-tree.ts';

let roots = 1_000;

/** A Windows with these processes (`pid parent began`); `of` names the root of a new tree. */
function windows(processes: (root: number) => readonly string[]) {
  const root = (roots += 100);
  const calls: string[] = [];
  const machine = {
    root,
    calls,
    rows: processes(root),
    ask: (program: string, args: readonly string[]) => {
      calls.push([program, ...args].join(' '));
      const stdout = program === 'powershell.exe' ? `${machine.rows.join('\r\n')}\r\n` : '';
      return { code: 0, stdout, stderr: '' };
    },
  };
  return machine;
}

describe('the process tree of a command on Windows', () => {
  it('is looked at as a whole: a child lives on after its parent', () => {
    const machine = windows((root) => [
      `4 0 1`,
      `${root} 4 10`,
      `${root + 1} ${root} 11`,
      `${root + 2} ${root + 1} 12`,
    ]);
    const { root, ask } = machine;
    expect(livingInTree(root, ask)).toEqual([root, root + 1, root + 2]);
    machine.rows = ['4 0 1', `${root + 2} ${root + 1} 12`];
    expect(livingInTree(root, ask)).toEqual([root + 2]);
    expect(treeIsGone(root, ask)).toBe(false);
    machine.rows = ['4 0 1'];
    expect(treeIsGone(root, ask)).toBe(true);
  });

  it('does not take a later process with an old id for one of its own', () => {
    const machine = windows((root) => [`${root} 4 10`, `${root + 1} ${root} 11`, `${root + 2} ${root} 5`]);
    const { root, ask } = machine;
    expect(livingInTree(root, ask)).toEqual([root, root + 1]);
    machine.rows = [`${root} 4 99`, `${root + 1} 4 98`];
    expect(treeIsGone(root, ask)).toBe(true);
  });

  it('is not gone when the system does not say what runs', () => {
    expect(treeIsGone(1, () => ({ code: null, stdout: '', stderr: '' }))).toBe(false);
  });

  it('is never killed by an interrupt; a kill reaches every living process', () => {
    const machine = windows((root) => [`${root} 4 10`, `${root + 1} ${root} 11`]);
    const { root, ask, calls } = machine;
    signalTree(root, 'SIGINT', ask);
    expect(calls).toEqual([`taskkill /T /PID ${root}`]);
    expect(livingInTree(root, ask)).toHaveLength(2);
    machine.rows = [`${root + 1} ${root} 11`];
    signalTree(root, 'SIGKILL', ask);
    expect(calls.at(-1)).toBe(`taskkill /T /F /PID ${root + 1}`);
  });
});

describe('the bash of WSL', () => {
  it.each([
    [String.raw`C:\Windows\System32\bash.exe`, true],
    [String.raw`C:\Users\ann\AppData\Local\Microsoft\WindowsApps\bash.EXE`, true],
    [String.raw`C:\Program Files\Git\bin\bash.exe`, false],
    [String.raw`C:\msys64\usr\bin\bash.exe`, false],
    [String.raw`C:\Windows\System32\curl.exe`, false],
  ])('%s: %s', (path, wsl) => expect(isWslBash(path)).toBe(wsl));
});

import { spawnSync } from 'node:child_process';

/** Runs git in a folder, with a fixed author and first branch. Throws git's message when a call fails. */
export function gitIn(folder: string): (...args: readonly string[]) => void {
  const own = [
    '-C',
    folder,
    '-c',
    'user.name=Ann',
    '-c',
    'user.email=ann@example.com',
    '-c',
    'init.defaultBranch=main',
  ];
  return (...args) => {
    const { status, stderr } = spawnSync('git', [...own, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  };
}

/** The simulated git 2.39: `git [-C DIR] worktree add DIR TAG`. A tag `v9` is the source that release v9 was built from. */
import { isAbsolute, join } from 'node:path';
import type { Exit } from '#core/ports.ts';
import { exitCode, Interrupted, pause, type ToolCall } from './tool-call.ts';
import type { ScenarioImage } from './scenario.ts';
import type { World } from './world.ts';

export const GIT_VERSION = '2.39.5';
const CHECKOUT_MS = 1_500;

export async function git(call: ToolCall): Promise<Exit> {
  const rest = call.args[0] === '-C' ? call.args.slice(2) : call.args;
  const base = call.args[0] === '-C' ? (call.args[1] ?? '') : call.cwd;
  const [word, verb, ...words] = rest;
  if (word === '--version') {
    call.write('stdout', `git version ${GIT_VERSION}\n`);
    return exitCode(0);
  }
  const [folder, tag] = words.filter((each) => !each.startsWith('-'));
  if (word !== 'worktree' || verb !== 'add' || folder === undefined || tag === undefined) {
    call.write('stderr', `fatal: the drill simulator does not play "git ${rest.join(' ')}"\n`);
    return exitCode(128);
  }
  const path = isAbsolute(folder) ? folder : join(base, folder);
  const fatal = refusal(call.world.read(), path, tag);
  if (fatal !== null) {
    call.write('stderr', `fatal: ${fatal}\n`);
    return exitCode(128);
  }
  try {
    call.write('stderr', `Preparing worktree (detached HEAD 4c1f0a2)\n`);
    await pause(call, CHECKOUT_MS);
    call.world.update((world) => ({ ...world, worktrees: { ...world.worktrees, [path]: tag } }));
    call.write('stdout', `HEAD is now at 4c1f0a2 ${tag}\n`);
    return exitCode(0);
  } catch (thrown) {
    if (thrown instanceof Interrupted) return { kind: 'signal', signal: 'SIGINT' };
    throw thrown;
  }
}

function refusal(world: World, path: string, tag: string): string | null {
  if (imageOfTag(world, tag) === null) return `invalid reference: ${tag}`;
  return world.worktrees?.[path] === undefined ? null : `'${path}' already exists`;
}

/** What building the source of a tag gives: the image of its release, as far as the drill knows it. */
export function imageOfTag(world: World, tag: string): ScenarioImage | null {
  const release = world.releases.find(({ version }) => `v${version}` === tag);
  return world.scenario.images.find((image) => release?.imageRef.endsWith(`:${image.tag}`) === true) ?? null;
}

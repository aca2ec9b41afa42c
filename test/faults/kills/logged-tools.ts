/** Small and fast programs on PATH for the stories of kills. Each records its start and the run it belongs to. */
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SimulatedPath } from '../../tools/simulated-path.ts';

/** The variable with the folder of the simulated cloud; each kill has its own. */
export const CLOUD = 'PIER_CLOUD';

/** A start of a tool. */
export interface Start {
  /** ROLLBOOK_RUN of its environment. */
  readonly runId: string;
  readonly changes: boolean;
}

const LOG = 'starts.txt';

/** All starts in this simulated cloud in order, without those that ask for a version. */
export const startsIn = (cloud: string): readonly Start[] =>
  readFileSync(join(cloud, LOG), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [runId = '', what] = line.split(' ');
      return { runId, changes: what === 'change' };
    });

export function newCloud(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, LOG), '');
}

/** Whether `fly deploy` has changed this simulated cloud. */
export const isDeployed = (cloud: string): boolean => existsSync(join(cloud, 'deployed'));

const NOTED = (what: string): string => `printf '%s ${what}\\n' "$ROLLBOOK_RUN" >>"$${CLOUD}/${LOG}"`;

/** A `fly` that prints the output of the simulated one, as before or after its deploy. */
export async function recordedFly(bin: string, simulated: SimulatedPath, app: string, image: string): Promise<void> {
  const run = promisify(execFile);
  const fly = async (...args: readonly string[]): Promise<string> =>
    (await run(join(simulated.pathEntry, 'fly'), [...args])).stdout;
  const record = async (folder: string): Promise<void> => {
    mkdirSync(folder, { recursive: true });
    const [releases, status] = [await fly('releases', '-a', app, '--json'), await fly('status', '-a', app, '--json')];
    writeFileSync(join(folder, 'releases'), releases);
    writeFileSync(join(folder, 'status'), status);
  };
  const recorded = join(bin, '..', 'recorded');
  await record(join(recorded, 'before'));
  writeFileSync(join(recorded, 'version'), await fly('version', '--json'));
  await fly('deploy', '-a', app, '--image', image, '--yes');
  await record(join(recorded, 'after'));
  script(join(bin, 'fly'), [
    `case "$1" in`,
    `version) exec cat '${recorded}/version' ;;`,
    `deploy)`,
    `  ${NOTED('change')}`,
    `  echo 'Updating existing machines in '${app}`,
    `  sleep 0.1`,
    `  : >"$${CLOUD}/deployed"`,
    `  echo 'Visit your newly deployed app at https://pier.example/' ;;`,
    `releases | status)`,
    `  ${NOTED('read')}`,
    `  if [ -e "$${CLOUD}/deployed" ]; then cat '${recorded}/after/'"$1"; else cat '${recorded}/before/'"$1"; fi ;;`,
    `*)`,
    `  ${NOTED('read')} ;;`,
    `esac`,
  ]);
  script(join(bin, 'curl'), [NOTED('read'), `echo '{"status":"ok"}'`]);
}

/** The real clients of PostgreSQL, whose starts are recorded. */
export function notedClients(bin: string, real: string): void {
  mkdirSync(bin, { recursive: true });
  for (const tool of ['psql', 'pg_dump', 'pg_restore']) {
    script(join(bin, tool), [
      `case "$*" in`,
      `--version) ;;`,
      `*--single-transaction*) ${NOTED('change')} ;;`,
      `*) ${NOTED('read')} ;;`,
      `esac`,
      `exec '${join(real, tool)}' "$@"`,
    ]);
  }
}

function script(path: string, lines: readonly string[]): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, ['#!/bin/sh', ...lines, ''].join('\n'));
  chmodSync(path, 0o755);
}

/** Runs the real tools that build/checks/real-tools.mjs found or downloaded. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { childEnvironment } from '#core/runner/environment.ts';
import { spawnDirect } from '#core/runner/direct-process.ts';
import { systemClock } from '#core/system-ports.ts';

type Had = { readonly path: string } | { readonly why: string };

const HAD = JSON.parse(process.env['ROLLBOOK_REAL_TOOLS'] ?? '{}') as Readonly<Record<string, Had>>;

const had = (name: string): Had => HAD[name] ?? { why: 'start the suite with npm run test:tools' };

/** Its path, or null; then `missingTool` says why. */
export function realTool(name: string): string | null {
  const tool = had(name);
  return 'path' in tool ? tool.path : null;
}

/** Why there is no such tool; null when there is. */
export function missingTool(name: string): string | null {
  const tool = had(name);
  return 'why' in tool ? `${name}: ${tool.why}` : null;
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a tool with the runner's adapter and environment, in an empty folder and home. */
export async function run(
  path: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  limitMs = 60_000,
): Promise<Ran> {
  const home = mkdtempSync(join(tmpdir(), 'rollbook-tools-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const own = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', HOME: home };
  const said = { stdout: '', stderr: '' };
  const child = await spawnDirect(
    {
      runId: 'tools',
      argv: [path, ...args],
      cwd: home,
      env: childEnvironment(own, env),
      effect: 'read',
      timeoutMs: limitMs,
    },
    systemClock(),
  );
  child.onChunk((stream, bytes) => {
    said[stream] += Buffer.from(bytes).toString('utf8');
  });
  const exit = await child.exited;
  return { code: exit.kind === 'code' ? exit.code : null, ...said };
}

/** A read-only command of the readiness board: in an empty folder, stopped after its time. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, ToolLocator } from '#core/ports.ts';
import { spawnDirect } from '#core/runner/direct-process.ts';
import type { Environment } from '#core/runner/environment.ts';
import type { ReadyScene } from './check.ts';

const LIMIT_MS = 5_000;
const TEXT_MAX = 1024 * 1024;

export function commandReader(clock: Clock, environment: Environment, tools: ToolLocator): ReadyScene['read'] {
  return async (tool, args, limitMs = LIMIT_MS, own = {}) => {
    const found = (await tools.locate(tool)) ?? (tool === 'fly' ? await tools.locate('flyctl') : null);
    if (found === null) return { kind: 'not-installed' };
    const said = { stdout: '', stderr: '' };
    const cwd = await mkdtemp(join(tmpdir(), 'rollbook-ready-'));
    try {
      const child = await spawnDirect(
        {
          runId: 'readiness',
          argv: [found.path, ...args],
          cwd,
          env: { ...environment, ...own },
          effect: 'read',
          timeoutMs: limitMs,
        },
        clock,
      );
      child.onChunk((stream, bytes) => {
        if (said[stream].length < TEXT_MAX) said[stream] += Buffer.from(bytes).toString('utf8');
      });
      const exit = await child.exited;
      return { kind: 'answer', code: exit.kind === 'code' ? exit.code : null, ...said };
    } catch (thrown) {
      return { kind: 'answer', code: 1, stdout: '', stderr: thrown instanceof Error ? thrown.message : String(thrown) };
    } finally {
      await rm(cwd, { recursive: true, force: true });
    }
  };
}

/** A read-only command of the readiness board: in an empty folder, stopped after its time. */
import { rm } from 'node:fs/promises';
import { liesIn } from '#core/files/lies-in.ts';
import { temporaryFolder } from '#core/files/temporary-folder.ts';
import type { Clock } from '#core/ports.ts';
import type { Environment } from '#core/runner/environment.ts';
import { runToEnd } from '#core/runner/run-to-end.ts';
import { pathOfTool } from '#core/runner/tool-locator.ts';
import type { ReadinessInput } from './readiness-check.ts';

const LIMIT_MS = 5_000;
const TEXT_MAX = 1024 * 1024;

/**
 * Does not ask for the version first: that takes time, and the board has ten seconds for everything. `folders`: of the
 * runbook; no program in them is started.
 */
export function commandReader(
  clock: Clock,
  environment: Environment,
  folders: readonly string[] = [],
): ReadinessInput['read'] {
  return async (tool, args, limitMs = LIMIT_MS, own = {}) => {
    const path = pathOfTool(tool, environment) ?? (tool === 'fly' ? pathOfTool('flyctl', environment) : null);
    if (path === null) return { kind: 'not-asked', why: `${tool} is not installed` };
    if (folders.some((folder) => liesIn(path, folder)))
      return { kind: 'not-asked', why: `${path} was not started: it lies in a folder of the runbook` };
    const cwd = temporaryFolder('ready');
    try {
      const { exit, stdout, stderr } = await runToEnd(
        {
          runId: 'readiness',
          argv: [path, ...args],
          cwd,
          env: { ...environment, ...own },
          effect: 'read',
          timeoutMs: limitMs,
        },
        clock,
        TEXT_MAX,
      );
      return { kind: 'answer', code: exit.kind === 'code' ? exit.code : null, stdout, stderr };
    } catch (thrown) {
      return { kind: 'answer', code: 1, stdout: '', stderr: thrown instanceof Error ? thrown.message : String(thrown) };
    } finally {
      await rm(cwd, { recursive: true, force: true });
    }
  };
}

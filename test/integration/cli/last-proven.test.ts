/** Proving a procedure does not prove the procedure with the same id in another runbook. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assetPath } from '#core/assets.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { liveRunbook } from '../../fixtures/live-runbook.ts';

interface Shown {
  readonly lastProven: readonly { readonly procedureId: string; readonly proof: unknown }[];
}

describe('"last proven"', () => {
  it('is that of the runbook, not of every procedure with that id', async () => {
    const line = commandLine();
    writeFileSync(join(line.cwd, 'live.md'), liveRunbook('http://127.0.0.1:9/health'));
    copyFileSync(assetPath('shared/runbooks/hotdash.md'), join(line.cwd, 'copy.md'));
    const drill = ['drill', '--scenario', 'app-rollback', '--auto', '--speed', '600'];
    expect((await line.run(drill)).code).toBe(0);
    const proofOf = async (file: string): Promise<unknown> => {
      const { lastProven } = (await line.run(['show', file, '--json'])).json() as Shown;
      return lastProven.find(({ procedureId }) => procedureId === 'application-rollback')?.proof;
    };
    expect(await proofOf('live.md')).toBeNull();
    // The same content under another name is the same runbook.
    expect(await proofOf('copy.md')).toMatchObject({ kind: 'drill', adapter: 'simulated' });
  });
});

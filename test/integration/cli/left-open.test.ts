/** An abandoned drill is listed as interrupted or unattended, not as running, and can be ended. */
import { describe, expect, it } from 'vitest';
import { leftAs } from '#shared/drills/left-as.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { commandProcess } from '../../fixtures/command-process.ts';
import { dataFolder, virtualCore } from '../../fixtures/data-folder.ts';
import { stepsOf } from '../../fixtures/steering.ts';

interface Listed {
  readonly id: string;
  readonly status: string;
  readonly attended: boolean;
  readonly interrupted: boolean;
}

const listed = async (line: ReturnType<typeof commandLine>): Promise<readonly Listed[]> =>
  ((await line.run(['incidents', '--json'])).json() as { incidents: readonly Listed[] }).incidents;

describe('a drill whose process was killed', () => {
  it('is listed as interrupted once nobody works on it, with the ways on; resolved it is not any more', async () => {
    const line = commandLine();
    const drill = commandProcess(line.folder, ['drill', '--scenario', 'app-rollback']);
    await drill.until('Enter does it');
    expect(await listed(line)).toMatchObject([{ status: 'open', attended: true }]);
    expect((await line.run(['incidents'])).out).not.toContain('interrupted');
    drill.kill('SIGKILL');
    await drill.ended;
    const id = (await listed(line))[0]?.id ?? '';
    expect(await listed(line)).toMatchObject([{ attended: false, interrupted: true }]);
    const after = await line.run(['incidents']);
    expect(after.out).not.toContain('unattended');
    expect(after.out).toContain('open, interrupted');
    expect(after.out).toContain('rollbook run --resume ID');
    expect(after.out).toContain('rollbook resolve ID "why"');
    expect((await line.run(['drill', '--history'])).out).toContain('interrupted');

    expect((await line.run(['resolve', id, ' '])).code).toBe(2);
    const ended = await line.run(['resolve', id, 'the laptop died', '--json']);
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.json()).toEqual({ incidentId: id, resolved: true, outcome: 'unverified' });
    expect((await line.run(['incidents'])).out).not.toContain('interrupted');
    expect((await line.run(['export', id])).out).toContain('the laptop died');
    expect((await line.run(['resolve', id, 'again'])).code).toBe(1);
  });

  it('is not ended while another Rollbook works on it: exit 4', async () => {
    const line = commandLine();
    const drill = commandProcess(line.folder, ['drill', '--scenario', 'app-rollback']);
    await drill.until('Enter does it');
    const id = (await listed(line))[0]?.id ?? '';
    expect((await line.run(['resolve', id, 'not mine'])).code).toBe(4);
    drill.endInput();
    await drill.ended;
    expect(await listed(line)).toMatchObject([{ status: 'open', attended: false, interrupted: false }]);
    expect((await line.run(['incidents'])).out).toContain('open, unattended');
  });

  it('is interrupted, not unattended, where a watch was kept, also when somebody looked at it since', async () => {
    const line = commandLine();
    const core = await virtualCore(line.folder);
    const { incidents, drills, newId } = core.services;
    const id = await drills.start({ scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: newId() });
    const { eventLog, runbook } = (await incidents.open(id)).context;
    const watch = runbook.procedures.flatMap(({ steps }) => steps).find(({ kind }) => kind === 'watch');
    await eventLog.tryAppend('ann', [{ kind: 'watch.started', payload: { stepId: watch?.id ?? '', minutes: 30 } }]);
    await core.close();
    expect((await line.run(['incidents'])).out).toContain('open, interrupted');
    const said = await line.run(['status', id]);
    expect(said.out).toContain('interrupted: it is open, and Rollbook was ended');
    expect((await line.run(['status', id, '--json'])).json()).toMatchObject({ left: 'interrupted' });
    await line.run(['resolve', id, 'seen enough']);
    expect((await line.run(['status', id, '--json'])).json()).toMatchObject({ left: null });
  });

  it('is interrupted too where its Rollbook ended in peace while a command ran', async () => {
    const folder = dataFolder();
    const core = await virtualCore(folder);
    const { incidents, drills, newId } = core.services;
    const id = await drills.start({ scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: newId() });
    const { choose } = stepsOf(await incidents.open(id));
    const { eventLog } = (await incidents.open(id)).context;
    await eventLog.tryAppend('ann', [
      { kind: 'act.asked', payload: { stepId: choose.id, commandId: null, what: 'reads' } },
    ]);
    await core.close();
    const after = await virtualCore(folder);
    expect(after.services.incidents.list().map(leftAs)).toEqual(['interrupted']);
  });
});

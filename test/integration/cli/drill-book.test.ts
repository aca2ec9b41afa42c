import { describe, expect, it } from 'vitest';
import { assetPath } from '#core/assets.ts';
import { commandLine } from '../../fixtures/command-line.ts';

const BUNDLED = assetPath('shared/runbooks/hotdash.md');

interface Book {
  readonly schedule: readonly { readonly kind: string; readonly standing: string; readonly line: number }[];
  readonly proven: readonly { readonly procedureId: string; readonly proof: { readonly kind: string } | null }[];
  readonly drills: readonly {
    readonly scenario: string;
    readonly outcome: string;
    readonly steps: readonly { readonly tookMs: number | null; readonly usualMs: number | null }[];
  }[];
}

describe('the drill book', () => {
  it('tells what is due before and after a drill, how it went, and keeps it out of the statistics', async () => {
    const line = commandLine();
    const shown = await line.run(['show', BUNDLED]);
    expect(shown.out).toMatch(/Application rollback {2}\(.*\)\n {2}never proven on this machine/);
    const before = await line.run(['drill', '--schedule', '--json']);
    expect(before.code).toBe(1);
    const kinds = (before.json() as Book).schedule.map(({ kind, standing }) => [kind, standing]);
    expect(kinds).toEqual([
      ['before-launch', 'never'],
      ['rollback', 'never'],
      ['disaster-recovery', 'never'],
    ]);

    await line.run(['drill', '--scenario', 'app-rollback', '--auto', '--speed', '120']);
    const after = (await line.run(['drill', '--schedule', '--json'])).json() as Book;
    // Nobody practised.
    expect(after.schedule.map(({ standing }) => standing)).toEqual(['never', 'never', 'never']);
    expect(after.proven.find(({ procedureId }) => procedureId === 'application-rollback')?.proof?.kind).toBe('drill');
    expect(after.proven.filter(({ proof }) => proof !== null)).toHaveLength(1);

    const { drills } = (await line.run(['drill', '--history', '--json'])).json() as Book;
    expect(drills).toMatchObject([{ scenario: 'app-rollback', outcome: 'verified', stops: 0, deviations: [] }]);
    const timed = drills[0]?.steps.find(({ usualMs }) => usualMs === 90_000);
    expect(timed?.tookMs).toBeGreaterThan(30_000);

    const stats = await line.run(['incidents', '--stats', '--json']);
    expect(stats.json()).toMatchObject({ incidents: 0, targetsMet: 0, medianMitigationMs: null });
    expect((await line.run(['drill', '--schedule'])).out).toContain(
      'last proven today, in a drill with simulated tools',
    );
    const again = await line.run(['show', BUNDLED]);
    expect(again.out).toMatch(/Application rollback {2}\(.*\)\n {2}last proven today, in a drill with simulated tools/);
    expect(again.out.match(/never proven on this machine/g)).toHaveLength(7);
    expect((await line.run(['show', BUNDLED, '--json'])).json()).toMatchObject({
      lastProven: expect.arrayContaining([
        expect.objectContaining({ procedureId: 'disaster-recovery', proof: null }),
      ]) as unknown,
    });
  });

  it('counts the drill of a person for the monthly one, with simulated tools too', async () => {
    const line = commandLine();
    const declared = await line.run(['drill', '--scenario', 'app-not-found', '--speed', '120'], ['']);
    const id = /rollbook run --resume (\w{26})/.exec(declared.out + declared.err)?.[1] ?? '';
    await line.run(['resolve', id, 'The app is not there: it is the drill.']);
    const { schedule } = (await line.run(['drill', '--schedule', '--json'])).json() as Book;
    expect(schedule.map(({ standing }) => standing)).toEqual(['never', 'held', 'never']);
  });
});

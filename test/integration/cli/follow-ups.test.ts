/** `rollbook follow-ups`: what was seen of each exit criterion, and exit codes. */
import { describe, expect, it } from 'vitest';
import { type CommandLine, commandLine } from '../../fixtures/command-line.ts';
import { acceleratedCore } from '../../fixtures/data-folder.ts';

const DRILL = ['drill', '--scenario', 'app-rollback', '--auto', '--speed', '600', '--json'];
const saying = (...texts: readonly string[]): readonly string[] => texts.flatMap((text) => ['--saying', text]);

async function afterDrill() {
  const line = commandLine();
  const { incidentId } = (await line.run(DRILL)).json() as { readonly incidentId: string };
  const run = async (...args: readonly string[]) => await line.run(['follow-ups', incidentId, ...args]);
  const item = async (number: number) => {
    const { followUps } = (await run('--json')).json() as { readonly followUps: readonly Listed[] };
    return followUps[number - 1];
  };
  return { line, incidentId, run, item };
}

interface Listed {
  readonly standing: string;
  readonly reason: string;
  readonly open: readonly string[];
}

const ticks = async ({ folder }: CommandLine, incidentId: string): Promise<readonly string[]> => {
  const core = await acceleratedCore(folder);
  const { state } = (await core.services.incidents.open(incidentId)).context.eventLog;
  return Object.values(state.steps).flatMap((step) => Object.values(step.ticks).map(({ observed }) => observed));
};

it('lists each open group with its title once', async () => {
  const { run } = await afterDrill();
  const { out } = await run();
  expect(out).toMatch(/^ {2}[^\n]*15 [Mm]in/);
  expect(out.match(/^ {2}\S.*/gm)?.length).toBe(3);
});

describe('the exit criteria of a follow-up', () => {
  it('are not ticked by one text: each needs its own', async () => {
    const { run, item } = await afterDrill();
    for (const texts of [[], ['ok'], ['ok', 'ok', 'ok'], ['ok', 'ok', 'ok', ' ']]) {
      const said = await run('--done', '1', ...saying(...texts));
      expect(said.code).toBe(2);
      expect(said.err).toContain('has 4 open exit criteria');
      expect(said.err).toContain('2. Error rate below 1%');
    }
    expect(await item(1)).toMatchObject({ standing: 'open', open: expect.objectContaining({ length: 4 }) as unknown });
  });

  it('are ticked each with what was seen of it', async () => {
    const { line, incidentId, run, item } = await afterDrill();
    const seen = ['all 200', '0.2 %', '80 ms', 'Ann works in it'];
    expect((await run('--done', '1', ...saying(...seen))).code).toBe(0);
    expect(await item(1)).toMatchObject({ standing: 'done', reason: seen.join('; '), open: [] });
    expect(await ticks(line, incidentId)).toEqual(expect.arrayContaining(seen));
  });

  it('stay open where "no" was seen, and the others stay ticked', async () => {
    const { run, item } = await afterDrill();
    const said = await run('--done', '1', ...saying('all 200', 'no', '80 ms', 'Ann works in it'));
    expect(said.code).toBe(1);
    expect(said.err).toContain('Not seen yet: Error rate below 1%.');
    expect(await item(1)).toMatchObject({ standing: 'open', open: ['Error rate below 1%'] });
    expect((await run('--done', '1', ...saying('0.2 %'))).code).toBe(0);
  });
});

describe('the words of a follow-up', () => {
  it('stay when it is settled again', async () => {
    const { run, item } = await afterDrill();
    await run('--done', '2', ...saying('told in #ops'));
    await run('--done', '2');
    expect(await item(2)).toMatchObject({ standing: 'done', reason: 'told in #ops' });
    await run('--done', '2', ...saying('and by mail'));
    expect(await item(2)).toMatchObject({ standing: 'done', reason: 'told in #ops; and by mail' });
    const waived = await run('--waive', '2', ...saying('not needed'));
    expect(waived.code).toBe(1);
    expect(waived.err).toContain('"Update the team" is done already.');
  });

  it('stay when it is done after it was waived', async () => {
    const { run, item } = await afterDrill();
    await run('--waive', '2', '3', ...saying('nobody is there'));
    await run('--done', '2', ...saying('told in #ops'));
    expect(await item(2)).toMatchObject({ standing: 'done', reason: 'nobody is there; told in #ops' });
    expect(await item(3)).toMatchObject({ standing: 'waived', reason: 'nobody is there' });
  });
});

describe('wrong usage of `rollbook follow-ups`', () => {
  it.each([
    [['--waive', '1'], 'It is waived without a reason.'],
    [['--waive', 'x', '--saying', 'a'], 'Give a number from 1 to 1000.'],
    [['--done', '99'], 'There is no follow-up 99.'],
    [['--saying', 'a'], '--saying goes with --done or --waive.'],
  ])('%j exits 2 and records nothing', async (args, says) => {
    const { run } = await afterDrill();
    const before = (await run()).out;
    const said = await run(...args);
    expect(said.code).toBe(2);
    expect(said.err).toContain(says);
    expect((await run()).out).toBe(before);
  });
});

/** The outcome rules of a change, one by one. */
import { describe, expect, it } from 'vitest';
import { rulesAsKept, postCondition, type Proven } from '#shared/incident/outcome-contract.ts';
import { breach, type Ended, rulesOfOthers, rulesOfStep, rulesToKeep, verdict } from '#core/engine/judge.ts';
import { commandOf, engineContext, stepOf } from '../../fixtures/engine-context.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';

const MET: Proven = postCondition([{ rule: 'page', met: true, detail: 'It answers.' }]);
const UNMET: Proven = postCondition([{ rule: 'page', met: false, detail: 'It is down.' }]);
const UNKNOWN: Proven = { kind: 'unknown', why: 'It could not be checked.' };
const OUTPUT = { text: 'done', whole: true };
const SUCCESS: Ended = {
  exit: { kind: 'code', code: 0 },
  output: OUTPUT,
  stopped: false,
  explained: null,
  expects: undefined,
};
const BROKEN = { kind: 'broken', why: 'Its output says "Usage".' } as const;

describe('a change', () => {
  it.each<readonly [string, Partial<Ended>, Proven, string, string]>([
    ['that kept its rules and is proven', {}, MET, 'verified', 'The post-condition is met.'],
    ['whose post-condition is not met', {}, UNMET, 'failed', 'It is down.'],
    ['whose post-condition could not be checked', {}, UNKNOWN, 'unverified', 'It could not be checked.'],
    ['whose end was not observed', { exit: { kind: 'lost' } }, MET, 'interrupted', 'Nobody saw how the command ended.'],
    ['that a person stopped', { stopped: true }, MET, 'stopped', 'Stopped by a person.'],
    [
      'of fly that was interrupted',
      { exit: { kind: 'code', code: 127 }, interrupted: true, explained: 'fly was interrupted.' },
      MET,
      'interrupted',
      'fly was interrupted.',
    ],
    ['that failed', { exit: { kind: 'code', code: 2 } }, MET, 'failed', 'exit code 2'],
    [
      'that failed for a known cause',
      { exit: { kind: 'code', code: 2 }, explained: 'No login.' },
      MET,
      'failed',
      'No login.',
    ],
    [
      'that worked on another target',
      { wrongTarget: 'It worked on project b.' },
      MET,
      'failed',
      'It worked on project b.',
    ],
    ['whose recorded result is that it broke a rule', { kept: BROKEN }, MET, 'failed', BROKEN.why],
    [
      'whose recorded result replaces the part of its output that is left',
      { exit: { kind: 'code', code: 2 }, kept: rulesAsKept({ kind: 'kept', why: '' }) },
      MET,
      'verified',
      'is met',
    ],
  ])('%s', (_name, ended, proof, outcome, reason) => {
    const found = verdict({ ...SUCCESS, ...ended }, proof);
    expect(found.outcome).toBe(outcome);
    expect(found.reason).toContain(reason);
  });

  it('is not verified when another change of its step broke a rule', () => {
    expect(verdict(SUCCESS, MET, [BROKEN])).toMatchObject({ outcome: 'unverified' });
  });

  it('names the wrong target also when its failure is explained', () => {
    expect(breach({ ...SUCCESS, wrongTarget: 'Project b.', explained: 'No login.' })).toBe('Project b.');
  });
});

describe('the rules of the changes of a step', () => {
  const [first, second] = [commandOf('s#1', 'shopctl close'), commandOf('s#2', 'shopctl mark')];
  const look = commandOf('s#3', 'shopctl state', { effect: 'read' });
  const step = stepOf('s', [first, second, look]);
  const run = (runId: string, commandId: string, effect: 'read' | 'change' = 'change') =>
    ({ runId, stepId: 's', commandId, effect, template: 'shopctl', shown: 'shopctl' }) as const;

  const withRules = (events: IncidentEvents) => {
    const made = engineContext({ events, steps: [step] });
    const { runs } = made.context.eventLog.state;
    // As the runs of this version have it.
    const rules = (runId: string) => {
      const exit = runs.get(runId)?.exit;
      const kept = exit?.kind === 'code' && exit.code === 0;
      return kept ? ({ kind: 'kept', why: '' } as const) : ({ kind: 'broken', why: `${runId} failed.` } as const);
    };
    const state = {
      ...made.context.eventLog.state,
      runs: new Map([...runs.entries()].map(([id, each]) => [id, { ...each, rules: rules(id) }])),
    };
    Object.defineProperty(made.context.eventLog, 'state', { value: state });
    return made.context;
  };

  it('count the newest run of each command', async () => {
    const events = new IncidentEvents().run(run('r1', 's#1'), 1).run(run('r2', 's#1'));
    expect(await rulesOfStep(withRules(events), step)).toMatchObject({ kind: 'kept' });
    const failedAgain = new IncidentEvents().run(run('r1', 's#1')).run(run('r2', 's#1'), 1);
    expect(await rulesOfStep(withRules(failedAgain), step)).toMatchObject({ kind: 'broken' });
  });

  it('do not count reads', async () => {
    const events = new IncidentEvents().run(run('r1', 's#1')).run(run('r2', 's#3', 'read'), 1);
    expect(await rulesOfStep(withRules(events), step)).toMatchObject({ kind: 'kept' });
  });

  it('are unknown when no change was run', async () => {
    expect(await rulesOfStep(withRules(new IncidentEvents()), step)).toMatchObject({ kind: 'unseen' });
  });

  it('of the others leave the given run out', async () => {
    const events = new IncidentEvents().run(run('r1', 's#1'), 1).run(run('r2', 's#2'));
    expect(await rulesOfOthers(withRules(events), step, 'r1')).toMatchObject([{ kind: 'kept' }]);
  });

  it('are not recorded for a read', () => {
    const { context } = engineContext({ events: new IncidentEvents(), steps: [step] });
    const exit = { kind: 'code', code: 1 } as const;
    const recorded = (effect: 'read' | 'change') =>
      rulesToKeep(context, { stepId: 's', commandId: 's#1', effect }, exit, OUTPUT);
    expect(recorded('read')).toBeUndefined();
    expect(recorded('change')).toMatchObject({ kind: 'broken' });
  });

  it('are kept by a check of the database, whose commands only read whatever they look like', async () => {
    const text = 'psql "$DATABASE_URL" -c "select 1"';
    const check = stepOf('v', [commandOf('v#1', text)], { kind: 'verify-database' });
    const { context } = engineContext({ events: new IncidentEvents(), steps: [check] });
    expect(await rulesOfStep(context, check)).toMatchObject({ kind: 'kept' });
  });
});

/** The outcome contract of a step without a kind, with real processes: a program closes a shop. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alternatives } from '#shared/incident/alternatives.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import { stepState } from '#shared/incident/state.ts';
import { stepOf } from '#core/engine/incident-context.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { testCore } from '../../fixtures/data-folder.ts';
import { CLOSE, changeOf, openShop, PROOF, shop } from '../../fixtures/shop.ts';
import { changes, firstOutput, nextEvent, send, take } from '../../fixtures/steering.ts';

/**
 * A change that outlives Rollbook, and the outcome of its step after the next start. It prints `first`, starts, and does
 * `later` once Rollbook has ended. `meanwhile`: done to the folder of its run in between.
 */
async function outlived(first: string, later: string, meanwhile: (run: string) => void = () => undefined) {
  const waits = `${first}echo began; until [ -e "$state.go" ]; do sleep 0.05; done; ${later}echo "$2 is closed" > "$state"`;
  const { incident, core, folder } = await openShop([...CLOSE, ...PROOF], waits);
  const { stepId, commandId } = changeOf(incident);
  const started = nextEvent(incident, (event) => event.kind === 'run.started' && changes(incident, event));
  await send(incident, { kind: 'run-change', stepId, commandId });
  const { runId } = (await started).payload as { runId: string };
  await firstOutput(core, runId);
  await core.close();
  meanwhile(join(folder, 'runs', runId));
  writeFileSync(join(folder, 'state.go'), '');
  const again = await testCore(folder);
  const resumed = await again.services.incidents.open(incident.context.incidentId);
  await resumed.steer();
  await resumed.settled();
  return stepState(resumed.context.eventLog.state, stepId);
}

/** Performs the primary action and answers the outcome of its step. */
async function act(incident: OpenIncident) {
  const { eventLog, runbook: model } = incident.context;
  const next = nextAction(eventLog.state, model);
  if (next.kind !== 'do') throw new Error(`nothing to do: ${next.label}`);
  await take(incident, next.intent);
  const { state } = eventLog;
  const stepId = next.stepId ?? '';
  return { ...stepState(state, stepId), effectiveIf: state.proofMetAt, programs: [...state.runs.values()] };
}

describe('a step with an outcome contract', () => {
  it('is verified when its post-condition is met, and that counts as the rollback’s proof', async () => {
    const incident = await shop([...CLOSE, ...PROOF], 'echo "$2 is closed" > "$state"');
    const step = await act(incident);
    expect(step.outcome).toBe('verified');
    expect(step.proof).toMatchObject({ met: true, findings: [{ met: true }] });
    expect(step.effectiveIf).not.toBeNull();
    expect(step.programs.map(({ template, effect }) => [template, effect])).toEqual([
      ['shopctl close "$SERVICE"', 'change'],
      ['shopctl state', 'read'],
    ]);
  });

  it('starts its program for its commands alone, and never to look at it', async () => {
    const { folder, incident } = await openShop([...CLOSE, ...PROOF], 'echo "$2 is closed" > "$state"');
    expect((await act(incident)).outcome).toBe('verified');
    expect(readFileSync(join(folder, 'starts'), 'utf8')).toBe('close shop\nstate\n');
  });

  const MUCH = (bytes: number, then: string): string =>
    `head -c ${bytes} /dev/zero | tr '\\0' y | fold -w 100 ${then}; echo`;
  const CLOSED = 'echo "$2 is closed" > "$state"';

  it.each([
    ['early, and much is said on the other stream after it', `echo "Error: no"; ${MUCH(300_000, '>&2')}`],
    ['late, behind more than parsers get', `${MUCH(9_000_000, '')}; echo "Error: no"`],
    ['early, before more than parsers get', `echo "Error: no"; ${MUCH(9_000_000, '')}`],
  ])('is failed by what its output must not say: %s', async (_when, says) => {
    const incident = await shop(
      ['```bash effect=change exit=0 reject=^Error', 'shopctl close "$SERVICE"', '```', ...PROOF],
      `${CLOSED}; ${says}`,
    );
    expect(await act(incident)).toMatchObject({ outcome: 'failed', proof: { met: true } });
  });

  it('is verified when what its output has to say came first, and much after it', async () => {
    const incident = await shop(
      ['```bash effect=change exit=0 expect="^all closed$"', 'shopctl close "$SERVICE"', '```', ...PROOF],
      `${CLOSED}; echo "all closed"; ${MUCH(9_000_000, '')}`,
    );
    expect((await act(incident)).outcome).toBe('verified');
  });

  it('is not verified when a line of its output was too long to be held to the rule', async () => {
    const incident = await shop(
      ['```bash effect=change exit=0 reject=^Error', 'shopctl close "$SERVICE"', '```', ...PROOF],
      `${CLOSED}; head -c 3000000 /dev/zero | tr '\\0' y; echo`,
    );
    expect((await act(incident)).outcome).toBe('unverified');
  });

  it('waits for what takes its time', async () => {
    const incident = await shop([...CLOSE, ...PROOF], '(sleep 1; echo "$2 is closed" > "$state") >/dev/null 2>&1 &');
    expect((await act(incident)).outcome).toBe('verified');
  });

  it('fails when the program says that all is well and nothing was changed', async () => {
    const incident = await shop([...CLOSE, ...PROOF.map((line) => line.replace('within=5s ', ''))], 'echo closed');
    const step = await act(incident);
    expect(step).toMatchObject({ outcome: 'failed', effectiveIf: null });
    expect(step.reason).toContain('does not contain "^shop is closed$"');
  });

  it('fails by its output rule, though the post-condition is met', async () => {
    const incident = await shop([...CLOSE, ...PROOF], 'echo "$2 is closed" > "$state"; echo "Usage: shopctl close"');
    const step = await act(incident);
    expect(step.outcome).toBe('failed');
    expect(step.reason).toBe('Its output contains "^Usage:". The post-condition is met all the same.');
  });

  it('can only be unverified without one', async () => {
    const incident = await shop(CLOSE, 'echo "$2 is closed" > "$state"');
    expect(await act(incident)).toMatchObject({ outcome: 'unverified', proof: null, effectiveIf: null });
  });

  it('is judged after the last of its changes, and its boxes are still a person’s to tick', async () => {
    const second = ['```bash effect=change', 'shopctl close again', '```'];
    const incident = await shop(
      [...CLOSE, ...second, ...PROOF.map((line) => line.replace('$SERVICE', 'again')), '- [ ] The door is locked'],
      'echo "$2 is closed" > "$state"',
    );
    expect(await act(incident)).toMatchObject({ outcome: null, proof: null });
    expect(await act(incident)).toMatchObject({ outcome: null, proof: { met: true } });
    expect(nextAction(incident.context.eventLog.state, incident.context.runbook)).toMatchObject({
      kind: 'ask',
      ask: 'checks',
    });
  });

  it('is not verified by hand while nobody saw what it printed, and is once that is pasted', async () => {
    const { incident, folder } = await openShop([...CLOSE, ...PROOF], '');
    writeFileSync(join(folder, 'state'), 'shop is closed\n');
    const { stepId, commandId } = changeOf(incident);
    const byHand = (output: string) => ({ kind: 'ran-by-hand', stepId, commandId, exitCode: 0, output }) as const;
    const unseen = 'contract has more to it. Its output must not contain "^Usage:", and nobody saw its output.';
    const now = () => stepState(incident.context.eventLog.state, stepId);
    await take(incident, byHand(' '));
    expect(now()).toMatchObject({ outcome: 'unverified', proof: { met: true } });
    expect(now().reason).toContain(unseen);
    // Checking again does not see more of its output.
    await take(incident, { kind: 'check-proof', stepId });
    expect(now().reason).toContain(unseen);
    await take(incident, { kind: 'reopen-step', stepId, reason: 'the output is at hand now' });
    await take(incident, byHand('closed'));
    expect(now()).toMatchObject({ outcome: 'verified' });
    // Checking again, from the timeline, gives the same outcome.
    await take(incident, { kind: 'check-proof', stepId });
    expect(now()).toMatchObject({ outcome: 'verified' });
  });

  it('stays unverified after its rule was broken, also when it is looked at again later', async () => {
    const incident = await shop([...CLOSE, ...PROOF], 'echo "$2 is closed" > "$state"; exit 4');
    expect(await act(incident)).toMatchObject({ outcome: 'failed', proof: { met: true } });
    const { stepId } = changeOf(incident);
    await take(incident, { kind: 'check-proof', stepId });
    const step = stepState(incident.context.eventLog.state, stepId);
    expect(step.outcome).toBe('unverified');
    expect(step.reason).toContain('The command ended with exit code 4.');
    const ways = alternatives(
      incident.context.eventLog.state,
      incident.context.runbook,
      stepOf(incident.context, stepId),
    );
    expect(ways.map(({ id }) => id)).toContain('vouch');
  });

  it('that failed with its post-condition met can be confirmed first of all, with the proof in sight', async () => {
    const incident = await shop([...CLOSE, ...PROOF], 'echo "$2 is closed" > "$state"; exit 1');
    expect(await act(incident)).toMatchObject({ outcome: 'failed', proof: { met: true } });
    const { stepId } = changeOf(incident);
    const { eventLog, runbook } = incident.context;
    const firstWay = () => alternatives(eventLog.state, runbook, stepOf(incident.context, stepId))[0];
    const way = firstWay();
    const found = stepState(eventLog.state, stepId).proof?.findings.map(({ detail }) => detail);
    expect(way).toMatchObject({ label: 'It works: go on', proof: found });
    expect(found).toHaveLength(1);
    // Looking again mends no exit code: the same is offered, and nothing is verified.
    await take(incident, { kind: 'check-proof', stepId });
    expect(firstWay()).toEqual(way);
    if (way?.intent == null) throw new Error('it can be taken');
    await take(incident, way.intent);
    const { outcome, observed } = stepState(eventLog.state, stepId);
    expect(outcome).toBe('confirmed');
    expect(observed).toContain(found?.[0]);
  });

  it('that failed with its post-condition not met cannot be confirmed so', async () => {
    const incident = await shop([...CLOSE, ...PROOF.map((line) => line.replace('within=5s ', ''))], 'exit 1');
    expect(await act(incident)).toMatchObject({ outcome: 'failed', proof: { met: false } });
    const step = stepOf(incident.context, changeOf(incident).stepId);
    const ways = alternatives(incident.context.eventLog.state, incident.context.runbook, step);
    expect(ways.map(({ id }) => id)).not.toContain('vouch');
  });

  it.each([
    ['was too long to be read again', 'echo closing; for n in $(seq 6000); do echo on; done'],
    ['had a secret hidden in it when it was stored', 'echo closing; echo "key k3y-4711"'],
  ])('stays verified when it is looked at again, though what it printed %s', async (_name, prints) => {
    const { incident, core } = await openShop(
      ['```bash effect=change expect=^closing$ reject=^Usage:', 'shopctl close "$SERVICE"', '```', ...PROOF],
      `${prints}; echo "$2 is closed" > "$state"`,
    );
    core.services.outputs.learn(['k3y-4711']);
    expect(await act(incident)).toMatchObject({ outcome: 'verified' });
    const { stepId } = changeOf(incident);
    await take(incident, { kind: 'check-proof', stepId });
    expect(stepState(incident.context.eventLog.state, stepId)).toMatchObject({ outcome: 'verified' });
  });

  it('of an incident from before the rules were kept is held to what was stored of its output', async () => {
    const { incident, core, folder } = await openShop([...CLOSE, ...PROOF], '');
    writeFileSync(join(folder, 'state'), 'shop is closed\n');
    const { stepId, commandId } = changeOf(incident);
    const { eventLog } = incident.context;
    const run = { runId: 'old-run', stepId, commandId, effect: 'change' } as const;
    const shown = {
      template: 'shopctl close',
      shown: 'shopctl close',
      binary: '/bin/shopctl',
      toolVersion: '',
      cwd: '/',
    };
    const sink = core.services.outputs.open(run.runId);
    sink.write('stdout', Buffer.from('Usage: shopctl close\n'));
    const { bytes, lines, sha256, excerpt } = await sink.close();
    const output = { bytes, lines, sha256 };
    const ended = { runId: run.runId, exit: { kind: 'code', code: 0 } as const, durationMs: 1, output, excerpt };
    await eventLog.append('ann', [{ kind: 'run.intended', payload: { ...run, ...shown, usualMs: null } }]);
    await eventLog.append('ann', [{ kind: 'run.ended', payload: { ...ended, explanation: null } }]);
    await take(incident, { kind: 'check-proof', stepId });
    const step = stepState(eventLog.state, stepId);
    expect(step).toMatchObject({ outcome: 'unverified' });
    expect(step.reason).toContain('Its output contains "^Usage:".');
  });

  it('runs nothing that the runbook gives a database and that says itself where to connect', async () => {
    const own = ['```bash effect=change db=SHOP_URL', 'true | psql -X -h db.example.com -f fix.sql', '```'];
    const incident = await shop([...own, ...PROOF], '');
    await take(incident, { kind: 'run-change', ...changeOf(incident) });
    const { problem, runs } = incident.context.eventLog.state;
    expect(problem).toMatchObject({ code: 'bad-arguments' });
    expect(problem?.message).toContain('names a database itself, and its fence says db=SHOP_URL.');
    expect(runs.isEmpty()).toBe(true);
  });

  it.each([
    ['and said nothing wrong', '', '', 'verified', 'The post-condition is met.'],
    [
      'after it had printed what it must not',
      'echo Usage: shopctl close; ',
      '',
      'failed',
      'Its output contains "^Usage:"',
    ],
    ['and printed meanwhile what it must not', '', 'echo Usage: me; ', 'failed', 'Its output contains "^Usage:"'],
    [
      'and printed too much meanwhile',
      '',
      'head -c 2000000 /dev/zero | tr "\\\\0" x; ',
      'unverified',
      'printed more than 1 MB while Rollbook was not running, and only the end of that was kept',
    ],
  ])('whose change outlived Rollbook, %s, is held to all it printed', async (_name, first, later, outcome, reason) => {
    const step = await outlived(first, later);
    expect(step).toMatchObject({ outcome, proof: { met: true } });
    expect(step.reason).toContain(reason);
  });

  it('whose change outlived Rollbook, and whose output nobody held meanwhile, is unverified', async () => {
    const step = await outlived('', '', (run) => rmSync(join(run, 'held-out')));
    expect(step).toMatchObject({ outcome: 'unverified', proof: { met: true } });
    expect(step.reason).toContain('what it printed while Rollbook was not running was not kept');
  });
});

/** The contract that a runbook declares for a plain step, with real processes: a shop that is closed by a program. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ulid } from 'ulid';
import { nextAction } from '#shared/incident/next-action.ts';
import { stepState } from '#shared/incident/state.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { take } from '../../fixtures/steering.ts';

const runbook = (...step: readonly string[]): string =>
  [
    '---',
    'rollbook: 1',
    'services: { shop: { title: Shop, platform: fly, health: "http://127.0.0.1:9/health" } }',
    'variables: { SERVICE: { from: service.id } }',
    'matrix: [{ match: leak, procedures: [close-the-shop] }]',
    '---',
    '# Shop',
    '',
    '| Severity | Condition | Action | Timeframe |',
    '|---|---|---|---|',
    '| P0 | A leak | Close | <5 min |',
    '',
    '## Option 1: Close the shop',
    '',
    '1. **Close it**',
    ...step.map((line) => `   ${line}`),
    '',
  ].join('\n');

const CLOSE = ['```bash effect=change exit=0 reject=^Usage:', 'shopctl close "$SERVICE"', '```'];
const PROOF = ['```bash proof effect=read within=5s expect="^$SERVICE is closed$"', 'shopctl state', '```'];

/** `shopctl close` runs `closing`; `shopctl state` prints what the file says. */
async function shop(step: readonly string[], closing: string): Promise<OpenIncident> {
  const folder = dataFolder();
  const bin = join(folder, 'bin');
  const state = join(folder, 'state');
  mkdirSync(bin);
  writeFileSync(state, 'shop is open\n');
  const script = [
    '#!/bin/sh',
    `state='${state}'`,
    'case "$1" in',
    `close) ${closing} ;;`,
    'state) cat "$state" ;;',
    'esac',
  ];
  writeFileSync(join(bin, 'shopctl'), `${script.join('\n')}\n`);
  chmodSync(join(bin, 'shopctl'), 0o755);
  const path = process.env['PATH'];
  process.env['PATH'] = `${bin}${delimiter}${path}`;
  onTestFinished(() => void (process.env['PATH'] = path));
  const file = join(folder, 'shop.md');
  writeFileSync(file, runbook(...step));
  const core = await testCore(folder);
  const { hash } = await core.services.runbooks.importFile(file);
  await core.services.runbooks.trust(hash, 'ann');
  const incidentId = await core.services.desk.declare(
    {
      intentId: ulid(),
      runbook: hash,
      severity: 'P0',
      rowLine: core.services.runbooks.open(hash).model.matrix.rows[0]?.line ?? null,
      title: 'Leak',
      symptom: 'Orders of others are shown',
      service: 'shop',
      detectedAt: Date.now() - 60_000,
    },
    'ann',
  );
  const incident = await core.services.desk.open(incidentId);
  await take(incident, { kind: 'choose-procedure', procedureId: 'close-the-shop', reason: '' });
  return incident;
}

/** Takes the primary action and answers how its step stands. */
async function act(incident: OpenIncident) {
  const { journal, runbook: model } = incident.scene;
  const next = nextAction(journal.state, model);
  if (next.kind !== 'do') throw new Error(`nothing to do: ${next.label}`);
  await take(incident, next.intent);
  const { state } = journal;
  const stepId = next.stepId ?? '';
  return { ...stepState(state, stepId), effectiveIf: state.proofMetAt, programs: Object.values(state.runs) };
}

describe('a step with a declared contract', () => {
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

  it('waits for what takes its time', async () => {
    const incident = await shop([...CLOSE, ...PROOF], '(sleep 1; echo "$2 is closed" > "$state") >/dev/null 2>&1 &');
    expect((await act(incident)).outcome).toBe('verified');
  });

  it('fails when the program says that all is well and nothing was changed', async () => {
    const incident = await shop([...CLOSE, ...PROOF.map((line) => line.replace('within=5s ', ''))], 'echo closed');
    const step = await act(incident);
    expect(step).toMatchObject({ outcome: 'failed', effectiveIf: null });
    expect(step.reason).toContain('does not say "^shop is closed$"');
  });

  it('fails by its output rule, though the post-condition is met', async () => {
    const incident = await shop([...CLOSE, ...PROOF], 'echo "$2 is closed" > "$state"; echo "Usage: shopctl close"');
    const step = await act(incident);
    expect(step.outcome).toBe('failed');
    expect(step.reason).toBe('Its output says "^Usage:". The post-condition is met all the same.');
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
    expect(nextAction(incident.scene.journal.state, incident.scene.runbook)).toMatchObject({
      kind: 'ask',
      ask: 'checks',
    });
  });
});

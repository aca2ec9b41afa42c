/** A secret that a person entered is kept only in memory: after a restart it is asked for again. */
import { expect, it } from 'vitest';
import { nextAction } from '#shared/incident/next-action.ts';
import { dataFolder, acceleratedCore } from '../../fixtures/data-folder.ts';
import { declareBy } from '../../fixtures/trusted-incident.ts';
import { take } from '../../fixtures/steering.ts';

const RUNBOOK = `---
rollbook: 1
title: Secrets
services:
  some-app: { title: Some, platform: fly, health: "http://127.0.0.1:9/health" }
variables:
  PASSCODE: { from: prompt, ask: "The passcode", pattern: '\\S+', secret: true }
  PLACE: { from: prompt, ask: "The place", pattern: '\\S+' }
---

# Secrets

## Option 1: Print

**Use when**: testing

1. **Print it**
   \`\`\`bash effect=read
   echo "$PASSCODE at $PLACE"
   \`\`\`
`;

/** An incident whose only step needs both secrets, in a core with this folder. */
async function declared(folder: string, markdown: string) {
  const core = await acceleratedCore(folder);
  const id = await declareBy(core, folder, markdown);
  const first = await core.services.incidents.open(id);
  const [procedure] = first.context.runbook.procedures;
  const stepId = procedure?.steps[0]?.id ?? '';
  await take(first, { kind: 'choose-procedure', procedureId: procedure?.id ?? '', reason: 'only one' });
  return { core, id, first, stepId };
}

it('asks again for a secret after a restart, and only for that', async () => {
  const folder = dataFolder();
  const { core, id, first, stepId } = await declared(folder, RUNBOOK);
  await take(first, { kind: 'give-values', stepId, values: { PASSCODE: 'plain-4711', PLACE: 'here' } });
  await core.close();

  const again = await (await acceleratedCore(folder)).services.incidents.open(id);
  await again.steer();
  await again.settled();
  const { eventLog, runbook } = again.context;
  expect(eventLog.envelopes.filter(({ kind }) => kind === 'values.forgotten')).toMatchObject([
    { payload: { names: ['PASSCODE'] } },
  ]);
  expect(Object.keys(eventLog.state.branches.values)).toEqual(['PLACE']);
  expect(nextAction(eventLog.state, runbook)).toMatchObject({ kind: 'ask', ask: 'values' });
  await take(again, { kind: 'give-values', stepId, values: { PASSCODE: 'plain-4711' } });
  await take(again, { kind: 'run-reads', stepId });
  expect([...eventLog.state.runs.values()]).toMatchObject([{ exit: { kind: 'code', code: 0 } }]);
  expect(JSON.stringify(eventLog.envelopes)).not.toContain('plain-4711');
});

it('taken over there and back, it is asked for again: what was given before may have been changed there', async () => {
  const folder = dataFolder();
  // Only the value that was given last opens it.
  const opens = RUNBOOK.replace('echo "$PASSCODE at $PLACE"', 'test "$PASSCODE" = "second-4712"');
  const { core, id, first, stepId } = await declared(folder, opens);
  await take(first, { kind: 'give-values', stepId, values: { PASSCODE: 'first-4711' } });

  const there = await acceleratedCore(folder);
  const second = await there.services.incidents.open(id);
  await second.takeOver('end of the shift', 'bo');
  await second.settled();
  await take(second, { kind: 'give-values', stepId, values: { PASSCODE: 'second-4712' } });
  await core.services.incidents.catchUp();
  expect(first.steering).toBe(false);

  await first.takeOver('back at the desk', 'ann');
  await first.settled();
  const { eventLog, runbook } = first.context;
  expect(nextAction(eventLog.state, runbook)).toMatchObject({ kind: 'ask', ask: 'values' });
  await take(first, { kind: 'give-values', stepId, values: { PASSCODE: 'second-4712' } });
  await take(first, { kind: 'run-reads', stepId });
  expect([...eventLog.state.runs.values()]).toMatchObject([{ exit: { kind: 'code', code: 0 } }]);
});

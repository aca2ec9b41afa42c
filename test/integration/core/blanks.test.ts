/** The blanks of a plain runbook are asked for, and their values reach the command without passing through a shell's text. */
import { afterEach, expect, it, vi } from 'vitest';
import { nextAction } from '#shared/incident/next-action.ts';
import { missingValues } from '#shared/incident/variables.ts';
import { dataFolder, acceleratedCore } from '../../fixtures/data-folder.ts';
import { declareBy } from '../../fixtures/trusted-incident.ts';
import { take } from '../../fixtures/steering.ts';

afterEach(() => vi.unstubAllEnvs());

const RUNBOOK = `---
rollbook: 1
services:
  some-app: { title: Some, platform: fly, health: "http://127.0.0.1:9/health" }
---
# Blanks

## Option 1: Look

**Use when**: testing

1. **Look**
   \`\`\`bash effect=read
   test <the-place> = 'x; touch y'
   test <the-place>/"$PIER_REGION" = 'x; touch y/eu west' && test {{other}} = '$(id)'
   \`\`\`
`;

async function declared() {
  const folder = dataFolder();
  const core = await acceleratedCore(folder);
  const incident = await core.services.incidents.open(await declareBy(core, folder, RUNBOOK));
  const { runbook, eventLog } = incident.context;
  const [procedure] = runbook.procedures;
  const step = procedure?.steps[0];
  if (procedure === undefined || step === undefined) throw new Error('no step');
  await take(incident, { kind: 'choose-procedure', procedureId: procedure.id, reason: 'only one' });
  return { incident, runbook, eventLog, step };
}

it('asks for each before its command runs, and runs it with the values', async () => {
  vi.stubEnv('PIER_REGION', undefined);
  const { incident, runbook, eventLog, step } = await declared();
  expect(nextAction(eventLog.state, runbook)).toMatchObject({ kind: 'ask', ask: 'values' });
  expect(missingValues(eventLog.state, runbook, step).map(({ name }) => name)).toEqual([
    'THE_PLACE',
    'PIER_REGION',
    'OTHER',
  ]);
  const values = { THE_PLACE: 'x; touch y', PIER_REGION: 'eu west', OTHER: '$(id)' };
  await take(incident, { kind: 'give-values', stepId: step.id, values });
  await take(incident, { kind: 'run-reads', stepId: step.id });
  const exits = [...eventLog.state.runs.values()].map(({ exit }) => exit);
  expect(exits).toEqual([
    { kind: 'code', code: 0 },
    { kind: 'code', code: 0 },
  ]);
});

it('does not ask for what the environment has', async () => {
  vi.stubEnv('PIER_REGION', 'eu');
  const { runbook, eventLog, step } = await declared();
  expect(missingValues(eventLog.state, runbook, step).map(({ name }) => name)).toEqual(['THE_PLACE', 'OTHER']);
});

it('takes no value that a program would read as a flag', async () => {
  const { incident, step } = await declared();
  const values = { THE_PLACE: '--help', OTHER: 'x' };
  await expect(take(incident, { kind: 'give-values', stepId: step.id, values })).rejects.toThrow(/THE_PLACE/);
});

/** An expired login of supabase with real processes: a terminal program on PATH, and the simulator as `supabase`. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { nextAction } from '#shared/incident/next-action.ts';
import { dataFolder, acceleratedCore } from '../../fixtures/data-folder.ts';
import { declareBy } from '../../fixtures/trusted-incident.ts';
import { take } from '../../fixtures/steering.ts';
import { simulatedPath } from '../../tools/simulated-path.ts';

const RUNBOOK = `---
rollbook: 1
title: Which project
services:
  some-app: { title: Some, platform: fly, health: "http://127.0.0.1:9/health" }
---

# Which project

## Option 1: Look

**Use when**: testing

1. **List the projects**
   \`\`\`bash effect=read
   supabase projects list -o json
   \`\`\`
`;

function setEnvironment(name: string, value: string): void {
  const before = process.env[name];
  process.env[name] = value;
  onTestFinished(() => {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  });
}

/** Records its arguments, then runs them as if a person logs in. */
function terminal(folder: string): () => string {
  mkdirSync(folder);
  const log = join(folder, 'calls.txt');
  const program = join(folder, 'x-terminal-emulator');
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" >>'${log}'\nshift\nROLLBOOK_SIM_TERMINAL=1 exec "$@"\n`);
  chmodSync(program, 0o755);
  return () => readFileSync(log, 'utf8');
}

it('a missing login is made in a terminal, asked after by reading, and the same step is offered again, not run', async () => {
  const tools = await simulatedPath({ scenario: 'db-rollback', speed: 60, startAt: 'now', tools: ['supabase'] });
  onTestFinished(() => tools.stop());
  tools.cloud.update((cloud) => ({
    ...cloud,
    scenario: { ...cloud.scenario, login: { ...cloud.scenario.login, supabase: 'none' } },
  }));
  const folder = dataFolder();
  const calls = terminal(join(folder, 'terminal'));
  setEnvironment('DISPLAY', ':99');
  setEnvironment('PATH', [tools.pathEntry, join(folder, 'terminal'), process.env['PATH']].join(delimiter));
  const core = await acceleratedCore(join(folder, 'data'));
  const incident = await core.services.incidents.open(await declareBy(core, folder, RUNBOOK));
  await incident.captured();
  const { eventLog, runbook } = incident.context;
  const [procedure] = runbook.procedures;
  const stepId = procedure?.steps[0]?.id ?? '';
  await take(incident, { kind: 'choose-procedure', procedureId: procedure?.id ?? '', reason: 'only one' });

  await take(incident, { kind: 'run-reads', stepId });
  expect(nextAction(eventLog.state, runbook)).toMatchObject({ kind: 'ask', ask: 'login', stepId });
  const runs = [...eventLog.state.runs.keys()].length;
  await take(incident, { kind: 'log-in', here: false });
  expect(calls().split('\n').slice(0, 3)).toEqual(['-e', join(tools.pathEntry, 'supabase'), 'login']);
  // Symptom probes can come at any moment.
  const logins = eventLog.events.filter(({ kind }) => kind.startsWith('login.'));
  expect(logins.map(({ kind }) => kind)).toEqual(['login.opened', 'login.ended']);
  expect(logins.at(-1)?.payload).toMatchObject({ tool: 'supabase', reason: '' });
  expect([...eventLog.state.runs.keys()]).toHaveLength(runs);
  expect(nextAction(eventLog.state, runbook)).toMatchObject({ kind: 'do', stepId, intent: { kind: 'run-reads' } });
  await take(incident, { kind: 'run-reads', stepId });
  expect([...eventLog.state.runs.values()].at(-1)).toMatchObject({ exit: { kind: 'code', code: 0 } });
});

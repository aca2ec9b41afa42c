/** The target that a runbook's supabase commands print must be the project: live, with real processes. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stepState } from '#shared/incident/state.ts';
import { dataFolder, acceleratedCore } from '../../fixtures/data-folder.ts';
import { prependPath } from '../../fixtures/environment.ts';
import { take } from '../../fixtures/steering.ts';
import { declareBy } from '../../fixtures/trusted-incident.ts';

const PROJECT = 'hotdashproductiondbx';

const RUNBOOK = `---
rollbook: 1
services:
  hotdash-app: { title: App, platform: fly, health: "http://127.0.0.1:9/health" }
variables: { DATABASE_URL: { from: environment } }
database: { url: DATABASE_URL, project: ${PROJECT}, name: postgres }
matrix:
  - { match: corrupted, procedures: [history] }
---

# Shop

| Severity | Condition | Action | Timeframe |
|---|---|---|---|
| P0 | Data corrupted | Roll back | <30 min |

## Procedure: History

**Risk level**: Low

1. **Look at the history**
   \`\`\`bash
   supabase migration list
   supabase projects list
   \`\`\`
2. **Take the row out**
   \`\`\`bash effect=change
   supabase migration repair 20251011150400 --status reverted
   \`\`\`
   \`\`\`bash proof
   true
   \`\`\`
`;

/** Prints its target to stderr, as version 3 does. The list of projects has another one. */
async function incidentWith(target: string) {
  const folder = dataFolder();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'supabase'),
    `#!/bin/sh\ncase "$1" in --version) echo 3.1.0;; projects) echo 'Target: local stack' >&2;; *) echo 'Target: ${target}' >&2; echo done;; esac\n`,
  );
  chmodSync(join(bin, 'supabase'), 0o755);
  prependPath(bin);
  const core = await acceleratedCore(join(folder, 'data'));
  const incidentId = await declareBy(core, folder, RUNBOOK, { service: 'hotdash-app', row: 0 });
  const incident = await core.services.incidents.open(incidentId);
  const [look, change] = incident.context.runbook.procedures[0]?.steps ?? [];
  if (look === undefined || change === undefined) throw new Error('the runbook has no such steps');
  const { eventLog } = incident.context;
  return { incident, look, change, outcome: (id: string) => stepState(eventLog.state, id), eventLog };
}

it('stop the step when they speak to something else, and a change that did is failed', async () => {
  const { incident, look, change, outcome, eventLog } = await incidentWith('local stack (127.0.0.1:54322)');
  await take(incident, { kind: 'run-reads', stepId: look.id });
  const said = `supabase spoke to "local stack (127.0.0.1:54322)", not to project ${PROJECT}.`;
  expect(eventLog.state.problem).toMatchObject({ code: 'not-allowed', message: said });
  expect(outcome(look.id).outcome).toBeNull();
  expect([...eventLog.state.runs.values()].some(({ template }) => template.includes('projects'))).toBe(false);
  await take(incident, { kind: 'run-change', stepId: change.id, commandId: change.commands[0]?.id ?? '' });
  expect(outcome(change.id)).toMatchObject({ outcome: 'failed', reason: expect.stringContaining(said) as string });
});

it('go on when it is the project, by its ref or with its name', async () => {
  for (const target of [`project ${PROJECT}`, `project hotdash-production (${PROJECT}) · production`]) {
    const { incident, look, change, outcome } = await incidentWith(target);
    await take(incident, { kind: 'run-reads', stepId: look.id });
    expect(outcome(look.id).outcome).toBe('done');
    await take(incident, { kind: 'run-change', stepId: change.id, commandId: change.commands[0]?.id ?? '' });
    expect(outcome(change.id).outcome).toBe('verified');
  }
});

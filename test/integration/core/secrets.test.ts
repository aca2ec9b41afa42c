import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFolder, acceleratedCore } from '../../fixtures/data-folder.ts';
import { withVariables } from '../../fixtures/environment.ts';
import { take } from '../../fixtures/steering.ts';
import { declareBy } from '../../fixtures/trusted-incident.ts';

/** No pattern matches its name or value: only the runbook says that it is secret. */
const SECRET = 'plain-looking-value-4711';
const RUNBOOK = `---
rollbook: 1
title: Secrets
services:
  some-app: { title: Some, platform: fly, health: "http://127.0.0.1:9/health" }
variables:
  CONN_STRING: { from: environment }
---

# Secrets

## Option 1: Print

**Use when**: testing

1. **Print it**
   \`\`\`bash effect=read
   echo "connecting to $CONN_STRING"
   \`\`\`
`;

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !path.endsWith('.md'));
}

describe('the value of a secret variable', () => {
  it('reaches no file, event, report or window, whether run, pasted or typed', async () => {
    withVariables({ CONN_STRING: SECRET });
    const folder = dataFolder();
    const core = await acceleratedCore(folder);
    const { incidents, reports, outputs } = core.services;
    const incidentId = await declareBy(core, folder, RUNBOOK);
    const incident = await incidents.open(incidentId);
    const [procedure] = incident.context.runbook.procedures;
    const step = procedure?.steps[0];
    const commandId = step?.commands[0]?.id ?? '';
    await take(incident, { kind: 'choose-procedure', procedureId: procedure?.id ?? '', reason: 'only one' });
    await take(incident, { kind: 'run-reads', stepId: step?.id ?? '' });
    const [run] = [...incident.context.eventLog.state.runs.values()];
    expect(run?.exit).toEqual({ kind: 'code', code: 0 });
    expect(run?.shown).toContain('[redacted]');
    await take(incident, { kind: 'reopen-step', stepId: step?.id ?? '', reason: 'once more' });
    await take(incident, {
      kind: 'ran-by-hand',
      stepId: step?.id ?? '',
      commandId,
      exitCode: 0,
      output: `got ${SECRET}`,
    });
    await take(incident, { kind: 'note', text: `I used ${SECRET}`, starred: true });
    const { lines } = await outputs.readLines(run?.runId ?? '', 0, 10);
    expect(lines.map(({ text }) => text)).toEqual(['connecting to [redacted]']);
    expect(JSON.stringify(incident.context.eventLog.envelopes)).not.toContain(SECRET);
    expect((await reports.preview(incidentId)).markdown).not.toContain(SECRET);
    await core.close();
    for (const path of filesBelow(folder)) expect(readFileSync(path).includes(SECRET), path).toBe(false);
  });
});

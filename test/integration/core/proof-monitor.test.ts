/** A change by an unknown tool: after its usual time the step's post-condition is checked while it runs. */
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stepState } from '#shared/incident/state.ts';
import { dataFolder, acceleratedCore } from '../../fixtures/data-folder.ts';
import { prependPath } from '../../fixtures/environment.ts';
import { nextEvent, send } from '../../fixtures/steering.ts';
import { declareBy } from '../../fixtures/trusted-incident.ts';

const BOOK = `---
rollbook: 1
services:
  some-app: { title: App, platform: fly, health: "http://127.0.0.1:9/health" }
---

# Shop

## Option 1: Close the shop

1. **Close it**
   \`\`\`bash effect=change usual=100ms
   shopctl close
   \`\`\`
   \`\`\`bash proof effect=read expect=^closed$
   shopctl state
   \`\`\`
`;

/** `shopctl close` waits for the file `go`, `shopctl state` prints the file `state`. */
function slowShop() {
  const bin = dataFolder();
  const [state, go] = [join(bin, 'state'), join(bin, 'go')];
  writeFileSync(state, 'open\n');
  const body = `case "$1" in state) cat '${state}';; close) until [ -e '${go}' ]; do sleep 0.05; done;; esac`;
  writeFileSync(join(bin, 'shopctl'), `#!/bin/sh\n${body}\n`);
  chmodSync(join(bin, 'shopctl'), 0o755);
  prependPath(bin);
  return { state, go };
}

describe('beside a slow change of another tool', () => {
  it('the post-condition is asked: not met, then met while the command still runs, and its verdict is its own', async () => {
    const { state, go } = slowShop();
    const core = await acceleratedCore();
    const incident = await core.services.incidents.open(await declareBy(core, dataFolder(), BOOK));
    const [procedure] = incident.context.runbook.procedures;
    const step = procedure?.steps[0];
    if (procedure === undefined || step === undefined) throw new Error('the runbook has a step');
    await send(incident, { kind: 'choose-procedure', procedureId: procedure.id, reason: '' });
    const seen = () => nextEvent(incident, ({ kind }) => kind === 'post-condition.seen');
    const first = seen();
    await send(incident, { kind: 'run-change', stepId: step.id, commandId: step.commands[0]?.id ?? '' });
    expect((await first).payload).toMatchObject({
      met: false,
      looks: [{ met: false, detail: '`shopctl state`: Its output does not contain "^closed$".' }],
    });
    const second = seen();
    writeFileSync(state, 'closed\n');
    expect((await second).payload).toMatchObject({ met: true });
    // That has no effect: the command runs until it ends.
    expect(existsSync(go)).toBe(false);
    expect(incident.context.running.size).toBe(1);
    expect(stepState(incident.context.eventLog.state, step.id).outcome).toBeNull();
    writeFileSync(go, '');
    await incident.settled();
    expect(stepState(incident.context.eventLog.state, step.id).outcome).toBe('verified');
  });

  it('the post-condition is asked again after a restart, while the command of the last start still runs', async () => {
    const { state, go } = slowShop();
    const folder = dataFolder();
    const core = await acceleratedCore(folder);
    const id = await declareBy(core, folder, BOOK);
    const first = await core.services.incidents.open(id);
    const [procedure] = first.context.runbook.procedures;
    const step = procedure?.steps[0];
    if (procedure === undefined || step === undefined) throw new Error('the runbook has a step');
    await send(first, { kind: 'choose-procedure', procedureId: procedure.id, reason: '' });
    const started = nextEvent(first, ({ kind }) => kind === 'run.started');
    await send(first, { kind: 'run-change', stepId: step.id, commandId: step.commands[0]?.id ?? '' });
    await started;
    await core.close();

    const again = await (await acceleratedCore(folder)).services.incidents.open(id);
    writeFileSync(state, 'closed\n');
    const seen = nextEvent(again, ({ kind }) => kind === 'post-condition.seen');
    await again.steer();
    expect((await seen).payload).toMatchObject({ stepId: step.id, met: true });
    expect(again.context.running.size).toBe(1);
    const judged = nextEvent(again, ({ kind }) => kind === 'act.ended');
    writeFileSync(go, '');
    await judged;
    expect(stepState(again.context.eventLog.state, step.id).outcome).toBe('verified');
  });
});

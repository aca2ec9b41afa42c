/** From the press of a key to the process: a reading, a change under its keeper, and a step of twenty readings. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { openCore } from '#core/core.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { benchFolder, byTurns, tellTimes, timed } from './measure.ts';

const ROUNDS = 40;
const READS = 20;
const BASELINE = 'starting the program alone';

const option = (title: string, hints: string, line: string): string =>
  `## Option: ${title}\n\n**Use when**: measuring\n\n1. **${title}**\n   \`\`\`bash ${hints}\n   ${line}\n   \`\`\`\n   - [ ] Seen\n\n`;
const RUNBOOK = `---
rollbook: 1
services: { bench: { title: Bench, platform: fly, health: "http://127.0.0.1:9/up" } }
---

# Commands

${option('Read', 'effect=read', 'true')}
${option('Change', 'effect=change', 'true')}
${option('Read often', 'effect=read', Array.from({ length: READS }, () => 'true').join('\n   '))}
`;

const folder = benchFolder();
writeFileSync(join(folder, 'commands.md'), RUNBOOK);
const core = await openCore({ host: 'cli', folder: join(folder, 'data') });
const { runbooks, incidents } = core.services;
const { hash } = await runbooks.importFile(join(folder, 'commands.md'));
await runbooks.trust(hash, 'bench');

/** An incident at the only step of the procedure. */
async function atStep(at: number) {
  const declaration = {
    runbook: hash,
    severity: 'P0',
    rowLine: null,
    title: 'Bench',
    symptom: '',
    service: 'bench',
  } as const;
  const id = await incidents.declare({ ...declaration, intentId: ulid(), detectedAt: Date.now() }, 'bench');
  const incident = await incidents.open(id);
  const { eventLog, runbook } = incident.context;
  const procedure = runbook.procedures[at];
  const step = procedure?.steps[0];
  const command = step?.commands[0];
  if (procedure === undefined || step === undefined || command === undefined) throw new Error(`no procedure ${at}`);
  const act = (intent: Intent): Promise<unknown> => incident.act(intent, 'bench', ulid(), eventLog.state.seq);
  await act({ kind: 'choose-procedure', procedureId: procedure.id, reason: 'bench' });

  /** Time from the intent to the event that a process was started, ms. */
  const toProcess = async (intent: Intent): Promise<number> => {
    const seen = eventLog.state.seq;
    const began = performance.now();
    const acting = act(intent);
    const started = (): boolean =>
      eventLog.events.findLast(({ kind, seq }) => seq > seen && kind === 'run.started') !== undefined;
    while (!started()) await new Promise((resolve) => setImmediate(resolve));
    const ms = performance.now() - began;
    await acting;
    await incident.settled();
    return ms;
  };
  const toEnd = (intent: Intent): Promise<number> =>
    timed(async () => {
      await act(intent);
      await incident.settled();
    });
  return { act, toProcess, toEnd, stepId: step.id, commandId: command.id };
}

const alone = (): Promise<number> => timed(() => once(spawn('/bin/true', { stdio: 'ignore' }), 'exit'));

const read = await atStep(0);
const reads = await byTurns(ROUNDS, () => read.toProcess({ kind: 'run-reads', stepId: read.stepId }), alone);
tellTimes({ what: 'press to process, p99', budget: 30, baseline: BASELINE }, reads, 0.99);

const { act, toProcess, ...change } = await atStep(1);
const changes = await byTurns(
  ROUNDS,
  async () => {
    const ms = await toProcess({ kind: 'run-change', stepId: change.stepId, commandId: change.commandId });
    await act({ kind: 'reopen-step', stepId: change.stepId, reason: 'bench' });
    return ms;
  },
  alone,
);
tellTimes({ what: 'press to a kept change, p99', budget: 60, baseline: BASELINE }, changes, 0.99);

const often = await atStep(2);
const steps = await byTurns(
  9,
  () => often.toEnd({ kind: 'run-reads', stepId: often.stepId }),
  async () => {
    let sum = 0;
    for (let n = 0; n < READS; n += 1) sum += await alone();
    return sum;
  },
);
tellTimes(
  { what: `${READS} readings of a step`, budget: 200, baseline: `${READS} programs one after the other` },
  steps,
);
await core.close();

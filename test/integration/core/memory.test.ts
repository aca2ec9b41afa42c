/** How much output the core and a window keep in memory, counted with a real core and real processes. */
import { expect, it } from 'vitest';
import type { Bridge } from '#shared/api/bridge.ts';
import type { Push } from '#shared/api/pushes.ts';
import type { OpenCore } from '#core/core.ts';
import { OutputBudget, LiveOutput } from '#core/engine/output.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { attachOutput, followOutput, loadPage, useOutputs } from '../../../renderer/stores/output.ts';
import { setBridge } from '../../../renderer/stores/core.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { send } from '../../fixtures/steering.ts';
import { declareBy } from '../../fixtures/trusted-incident.ts';

const MB = 1024 * 1024;
const LINES = 60_000;

const runbook = (command: string): string => `---
rollbook: 1
title: Much output
services:
  some-app: { title: Some app, platform: fly, health: "http://127.0.0.1:9/health" }
---

# Much output

## Option 1: Print

**Use when**: measuring

1. **Print much**
   \`\`\`bash effect=read timeout=60s
   ${command}
   \`\`\`
   - [ ] Seen
`;

/** Runs the command of the runbook to its end; answers its run. `ran`: called when it has started. */
async function print(command: string, ran: (core: OpenCore, incident: OpenIncident, runId: string) => void) {
  const folder = dataFolder();
  const core = await testCore(folder);
  const incidentId = await declareBy(core, folder, runbook(command));
  const incident = await core.services.incidents.open(incidentId);
  const [procedure] = incident.context.runbook.procedures;
  const stepId = procedure?.steps[0]?.id ?? '';
  incident.follow((events) => {
    for (const { kind, payload } of events)
      if (kind === 'run.intended') ran(core, incident, (payload as { runId: string }).runId);
  });
  await send(incident, { kind: 'choose-procedure', procedureId: procedure?.id ?? '', reason: 'to print' });
  await send(incident, { kind: 'run-reads', stepId });
  await incident.settled();
  return incident;
}

/** The number of characters of all texts in the collections of a context. */
function textIn(context: object): number {
  const count = (value: unknown): number => {
    if (typeof value === 'string') return value.length;
    if (value instanceof Map) return [...value.values()].reduce<number>((sum, each) => sum + count(each), 0);
    return typeof value === 'object' && value !== null && 'stdout' in value
      ? Object.values(value).reduce<number>((sum, each) => sum + count(each), 0)
      : 0;
  };
  return Object.values(context).reduce<number>((sum, value) => sum + (value instanceof Map ? count(value) : 0), 0);
}

it('the core holds what a command printed until it is judged and stored, and nothing of it afterwards', async () => {
  let most = 0;
  let looking: NodeJS.Timeout | undefined;
  const incident = await print(
    'for once in 1; do yes 0123456789abcde | head -c 12000000; done',
    (_core, { context }) => {
      looking ??= setInterval(() => {
        most = Math.max(most, context.outputBudget.held);
      }, 1);
    },
  );
  clearInterval(looking);
  const { context } = incident;
  const [run] = context.eventLog.state.runs.values();
  expect(run?.output?.bytes).toBeGreaterThan(12_000_000);
  expect(textIn(context)).toBeLessThan(100_000);
  expect(context.keptText.chars).toBe(0);
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(8 * MB);
  expect(context.outputBudget.held).toBe(0);
  // All of it can be paged from the file.
  const total = run?.output?.lines ?? 0;
  const { lines } = await context.outputs.readLines(run?.runId ?? '', total - 1, 1);
  expect(lines[0]?.text).toBe('0123456789abcde');
});

it('commands that print at the same time share what may be held; each is held to its rules all the same', () => {
  const budget = new OutputBudget();
  const outputs = Array.from({ length: 20 }, () => new LiveOutput(budget, { expect: 'the end', reject: null }));
  const chunk = new Uint8Array(MB).fill(120);
  for (let n = 0; n < 8; n += 1) for (const output of outputs) output.add('stdout', chunk);
  expect(budget.held).toBe(64 * MB);
  const ended = outputs.map((output) => {
    output.add('stdout', new TextEncoder().encode('\nthe end\n'));
    return output.ended();
  });
  expect(ended.every(({ seen }) => seen.says?.('the end') === true)).toBe(true);
  for (const output of outputs) output.forget();
  expect(budget.held).toBe(0);
});

it('a window holds a few pages of a run that it shows, reads the others again, and drops all with the panel', async () => {
  const leave: (() => void)[] = [];
  let run = { incidentId: '', runId: '' };
  const listeners = new Set<(batch: never) => void>();
  const held = () => useOutputs.getState().runs[run.runId];
  await print(`for once in 1; do seq -f "line %.0f" ${LINES}; sleep 1; done`, (core, incident, runId) => {
    const push = ({ name, payload }: Push): void => {
      if (name === 'run.output') for (const listener of listeners) listener(payload as never);
    };
    const connection = core.connect(push);
    setBridge(connection as unknown as Bridge);
    const on = (name: string, listener: (batch: never) => void) => {
      if (name === 'run.output') listeners.add(listener);
      return () => undefined;
    };
    followOutput({ on } as unknown as Bridge);
    run = { incidentId: incident.context.incidentId, runId };
    leave.push(attachOutput(run.incidentId, runId, true), () => connection.close());
  });
  await loadPage(run.incidentId, run.runId, LINES - 1);
  expect(held()?.total).toBe(LINES);
  expect(held()?.lines.held.lines).toBeLessThanOrEqual(5_000);
  expect(held()?.lines.get(LINES - 1)?.text).toBe(`line ${LINES}`);
  // A person scrolls through all of it.
  for (let n = 0; n < LINES; n += 500) {
    if (held()?.lines.get(n) === undefined) await loadPage(run.incidentId, run.runId, n);
    expect(held()?.lines.get(n)?.text).toBe(`line ${n + 1}`);
  }
  expect(held()?.lines.held.lines).toBeLessThanOrEqual(5_000);
  for (const end of leave) end();
  await new Promise((resolve) => setTimeout(resolve));
  expect(useOutputs.getState().runs).toEqual({});
  // An answer that arrives after the panel was closed is dropped.
  for (const listener of listeners)
    listener({ runId: run.runId, from: 0, skipped: 0, lines: [{ stream: 'stdout', text: 'late' }] } as never);
  expect(useOutputs.getState().runs).toEqual({});
});

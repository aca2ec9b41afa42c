/**
 * Output of the runs that are on screen. Lines arrive in batches and are acknowledged. Lines that the core skipped for a
 * slow window are read from the store when somebody scrolls to them. Output that is off screen is not kept.
 */
import { create } from 'zustand';
import type { Bridge } from '#shared/api/bridge.ts';
import type { CallResult } from '#shared/api/calls.ts';
import type { OutputBatch } from '#shared/api/pushes.ts';
import { onReconnect } from './connection.ts';
import { ask, get } from './core.ts';
import { OutputLines, PAGE_LINES, pageOf, placeBatch, placePage } from './output-lines.ts';

export interface RunOutput {
  /** Mutated in place; `revision` changes with it. */
  readonly lines: OutputLines;
  readonly total: number;
  /** Wall time of the last batch, in ms; null before the first. */
  readonly lastAt: number | null;
  readonly revision: number;
}

const EMPTY: RunOutput = { lines: new OutputLines(), total: 0, lastAt: null, revision: 0 };

interface Outputs {
  readonly runs: Readonly<Record<string, RunOutput>>;
}

/** Exported for the tests, which count what is in memory. */
export const useOutputs = create<Outputs>(() => ({ runs: {} }));
export const useOutput = (runId: string): RunOutput => useOutputs(({ runs }) => runs[runId] ?? EMPTY);

const attached = new Map<string, number>();
const loading = new Set<string>();

export function followOutput(bridge: Bridge): void {
  bridge.on('run.output', take);
  onReconnect(() => {
    for (const runId of attached.keys()) void get('run.attach', { runId });
  });
}

function take(batch: OutputBatch): void {
  // The batch was under way when the last viewer left.
  if (!attached.has(batch.runId)) return;
  const output = useOutputs.getState().runs[batch.runId] ?? fresh();
  placeBatch(output.lines, batch);
  put(batch.runId, output, Math.max(output.total, batch.from + batch.lines.length), Date.now());
  const chars = batch.lines.reduce((sum, line) => sum + line.text.length + 1, 0);
  if (chars > 0) void ask('run.ack', { runId: batch.runId, chars });
}

const fresh = (): RunOutput => ({ ...EMPTY, lines: new OutputLines() });

function put(runId: string, output: RunOutput, total: number, lastAt: number | null): void {
  const next = { lines: output.lines, total, lastAt, revision: output.revision + 1 };
  useOutputs.setState(({ runs }) => ({ runs: { ...runs, [runId]: next } }));
}

/** Follows a run's output while it is on screen; `live` false only reads what is stored. Returns the stop function. */
export function attachOutput(incidentId: string, runId: string, live: boolean): () => void {
  const viewers = attached.get(runId) ?? 0;
  attached.set(runId, viewers + 1);
  if (live && viewers === 0) void get('run.attach', { runId });
  void loadTail(incidentId, runId);
  return () => {
    const left = (attached.get(runId) ?? 1) - 1;
    if (left > 0) {
      attached.set(runId, left);
      return;
    }
    attached.delete(runId);
    if (live) void get('run.detach', { runId });
    // When a panel for the same run takes over, it attaches in the same turn: the output is kept.
    setTimeout(() => attached.has(runId) || drop(runId));
  };
}

function drop(runId: string): void {
  useOutputs.setState(({ runs: { [runId]: _gone, ...runs } }) => ({ runs }));
}

async function loadTail(incidentId: string, runId: string): Promise<void> {
  const first = await ask('run.lines', { incidentId, runId, from: 0, count: PAGE_LINES });
  // A run without a stored line has nothing to show. That is not an error.
  if (!first.ok) return;
  keep(runId, 0, first.value);
  if (first.value.total > PAGE_LINES) await loadPage(incidentId, runId, first.value.total - 1);
}

/** Loads the page that contains a line. */
export async function loadPage(incidentId: string, runId: string, around: number): Promise<void> {
  const from = pageOf(around) * PAGE_LINES;
  const key = `${runId} ${from}`;
  if (loading.has(key)) return;
  loading.add(key);
  const page = await ask('run.lines', { incidentId, runId, from, count: PAGE_LINES });
  loading.delete(key);
  if (page.ok) keep(runId, from, page.value);
}

function keep(runId: string, from: number, page: CallResult<'run.lines'>): void {
  if (!attached.has(runId)) return;
  const output = useOutputs.getState().runs[runId] ?? fresh();
  placePage(output.lines, from, PAGE_LINES, page);
  put(runId, output, Math.max(output.total, page.total), output.lastAt);
}

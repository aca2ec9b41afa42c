/** Reads the output of a run that is no longer in memory: the stored and redacted text, or what the keeper still holds. */
import type { RunState } from '#shared/incident/state.ts';
import { REDACTED } from '#shared/redaction/redactor.ts';
import { NOTHING_SEEN, type Seen } from '#shared/runbook/expectation.ts';
import { HELD_MAX } from '#core/runner/keeper/keeper.ts';
import type { OutputSink } from '#core/runner/output/output-store.ts';
import type { IncidentContext } from './incident-context.ts';
import type { Printed } from './output.ts';

/** How many of the last lines are read: quick to read, and enough to find what a command must not print. */
const LINES = 5_000;
/** The timeline keeps pasted output up to this length (intent-handlers/actions.ts). */
const PASTED_MAX = 4_000;

/**
 * The stored output of a run. `whole`: one session read it from start to end, all of it was read here, and nothing in it
 * is redacted.
 */
export async function storedOutput(context: IncidentContext, run: RunState): Promise<Seen> {
  if (run.byHand) return pasted(run.excerpt);
  const { text, all } = await lastLines(context, run.runId);
  return { text, whole: all && !text.includes(REDACTED) && inOneSession(context, run.runId) };
}

/** An empty paste does not mean that nothing was printed. */
const pasted = (text: string): Seen =>
  text.trim() === '' ? NOTHING_SEEN : { text, whole: text.length < PASTED_MAX && !text.includes(REDACTED) };

async function lastLines({ outputs }: IncidentContext, runId: string) {
  const { total } = await outputs.readLines(runId, 0, 0);
  const { lines } = await outputs.readLines(runId, Math.max(0, total - LINES), LINES);
  return { text: lines.map(({ text, cut }) => text + (cut ? '' : '\n')).join(''), all: total <= LINES };
}

function inOneSession({ eventLog }: IncidentContext, runId: string): boolean {
  const sessions = eventLog.events.flatMap(({ kind, payload, session }) =>
    (kind === 'run.intended' || kind === 'run.ended') && payload?.runId === runId ? [session] : [],
  );
  return sessions.length === 2 && new Set(sessions).size === 1;
}

const MB = 1024 * 1024;
const ONLY_THE_END = `it printed more than ${HELD_MAX / MB} MB while Rollbook was not running, and only the end of that was kept`;
const NOT_KEPT = 'what it printed while Rollbook was not running was not kept';

/**
 * The whole output of a change that an earlier session started, from its keeper. Stores, redacted, the part that is not
 * stored yet. `received`: what this session has already received and stored; used alone when the keeper has nothing.
 */
export async function heldOutput(
  context: IncidentContext,
  runId: string,
  sink: OutputSink,
  received: Readonly<Record<'stdout' | 'stderr', Buffer>>,
): Promise<Printed & { readonly seen: Seen }> {
  const held = await context.reattacher.held(runId);
  await sink.complete(held, received);
  const { stdout, stderr } = held ?? received;
  const printed = { stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') };
  if (held === null) {
    const { text } = await lastLines(context, runId);
    return { ...printed, seen: { text, whole: false, why: NOT_KEPT } };
  }
  const text = `${printed.stdout}\n${printed.stderr}`;
  return { ...printed, seen: held.cut ? { text, whole: false, why: ONLY_THE_END } : { text, whole: true } };
}

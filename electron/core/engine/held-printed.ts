/** What a change printed from its first byte on, though the Rollbook that started it is gone: its keeper held it. */
import type { Seen } from '#shared/runbook/expectation.ts';
import { HELD_MAX } from '#core/runner/keeper/keeper.ts';
import type { OutputSink } from '#core/runner/output/output-store.ts';
import type { Printed, IncidentContext } from './incident-context.ts';

const MB = 1024 * 1024;
const ONLY_THE_END = `it printed more than ${HELD_MAX / MB} MB while Rollbook was not running, and only the end of that was kept`;
const NOT_KEPT = 'what it printed while Rollbook was not running was not kept';

/**
 * Stores what nobody stored of it, redacted, and answers all of it for rules and parsers. `heard`: what the present session
 * was told, and stored. Where nothing was held, only that is left.
 */
export async function heldPrinted(
  context: IncidentContext,
  runId: string,
  sink: OutputSink,
  heard: Readonly<Record<'stdout' | 'stderr', Buffer>>,
): Promise<Printed & { readonly seen: Seen }> {
  const held = await context.reattacher.held(runId);
  await sink.complete(held, heard);
  const { stdout, stderr } = held ?? heard;
  const printed = { stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') };
  if (held === null) return { ...printed, seen: { ...(await storedText(context, runId)), why: NOT_KEPT } };
  const text = `${printed.stdout}\n${printed.stderr}`;
  return { ...printed, seen: held.cut ? { text, whole: false, why: ONLY_THE_END } : { text, whole: true } };
}

/** Enough to find in it what a command must not say. */
const LINES = 5_000;

async function storedText({ outputs }: IncidentContext, runId: string): Promise<Seen> {
  const { total } = await outputs.readLines(runId, 0, 0);
  const { lines } = await outputs.readLines(runId, Math.max(0, total - LINES), LINES);
  return { text: lines.map(({ text, cut }) => text + (cut ? '' : '\n')).join(''), whole: false };
}

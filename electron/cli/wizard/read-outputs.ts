/** Prints what the read-only commands of the runbook printed, before the next question is asked about it. */
import { count } from '#shared/words/count.ts';
import { exitText } from '#shared/incident/timeline-words.ts';
import { allSteps } from '#shared/incident/branches.ts';
import { proofsOf } from '#shared/steps/proofs.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import type { RunState } from '#shared/incident/state.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';

/** A longer output is cut to so many lines of its beginning and of its end; `/output` prints all of it. */
const EACH_END = 10;

/** A function that prints the reads that ended since its last call; those of Rollbook itself are shown as what they found. */
export function readOutputs({ context }: OpenIncident, say: (text: string) => void): () => Promise<void> {
  const { eventLog, runbook, outputs } = context;
  let { seq } = eventLog.state;
  // A proof is read again and again, and what it came to is on the timeline.
  const written = new Set(
    allSteps(runbook).flatMap((step) => {
      const proofs = proofsOf(step);
      return step.commands.flatMap((command) => (proofs.includes(command) ? [] : [command.id]));
    }),
  );
  const numberOf = ({ runId }: RunState): number => [...eventLog.state.runs.keys()].indexOf(runId) + 1;
  return async () => {
    const ended = eventLog
      .eventsAfter(seq)
      .flatMap(({ kind, payload }) => (kind === 'run.ended' ? [payload?.runId] : []));
    seq = eventLog.state.seq;
    for (const runId of ended) {
      const run = eventLog.state.runs.get(runId ?? '');
      if (run === undefined || run.effect !== 'read' || !written.has(run.commandId)) continue;
      say(`\n$ ${visibleCommand(run.shown)}\n`);
      const { total, lines } = await outputs.readLines(run.runId, 0, 2 * EACH_END);
      const cut = total > lines.length;
      const shown = cut ? lines.slice(0, EACH_END) : lines;
      for (const { text } of shown) say(`  ${text}\n`);
      if (cut) {
        const rest = await outputs.readLines(run.runId, total - EACH_END, EACH_END);
        say(`  ... ${count(total - 2 * EACH_END, 'line')} left out, /output ${numberOf(run)} shows them ...\n`);
        for (const { text } of rest.lines) say(`  ${text}\n`);
      }
      if (run.exit !== null && (run.exit.kind !== 'code' || run.exit.code !== 0)) say(`  (${exitText(run.exit)})\n`);
    }
  };
}

/** So many lines are printed at once at most. */
const MOST_LINES = 5_000;

/** What a command printed, as text to show. `number`: as in the report, from 1; '' is the newest. */
export async function outputOf({ context }: OpenIncident, number: string): Promise<string> {
  const { eventLog, outputs } = context;
  const runs = [...eventLog.state.runs.values()];
  const run = number === '' ? runs.at(-1) : runs[Number(number) - 1];
  if (run === undefined)
    return runs.length === 0 ? 'No command has run yet.' : `Name a command by its number, 1 to ${runs.length}.`;
  const { total } = await outputs.readLines(run.runId, 0, 0);
  const from = Math.max(0, total - MOST_LINES);
  const { lines } = await outputs.readLines(run.runId, from, MOST_LINES);
  const before = from === 0 ? [] : [`  ... ${from} lines before, in the window and in the export ...`];
  const printed = lines.length === 0 ? ['  (it printed nothing)'] : lines.map(({ text }) => `  ${text}`);
  return [`$ ${visibleCommand(run.shown)}`, ...before, ...printed].join('\n');
}

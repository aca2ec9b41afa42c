/** What is left of a run's output when it is not in memory any more: stored and redacted, perhaps with gaps. */
import { allHeld, type Rules, rulesAsKept, rulesHeld, withoutChange } from '#shared/incident/outcome-contract.ts';
import { type RunState, runsOfStep } from '#shared/incident/state.ts';
import { serviceOfRun } from '#shared/incident/services.ts';
import { NOTHING_SEEN, type Seen } from '#shared/runbook/expectation.ts';
import type { Step } from '#shared/runbook/model.ts';
import { REDACTED } from '#shared/redaction/redactor.ts';
import { evaluateContract } from './evaluate-contract.ts';
import type { IncidentContext } from './incident-context.ts';
import { definitionOf } from '#shared/steps/registry.ts';

/** No more than is quickly read. */
const LINES = 5_000;
/** What was pasted is kept on the timeline up to this length (intent-handlers/effects.ts). */
const PASTED_MAX = 4_000;

/** Whole only when one session of the app saw it from start to end, all of it is read, and nothing of it was hidden. */
export async function storedOutput(context: IncidentContext, run: RunState): Promise<Seen> {
  if (run.byHand) return pasted(run.excerpt);
  const { total } = await context.outputs.readLines(run.runId, 0, 0);
  const { lines } = await context.outputs.readLines(run.runId, Math.max(0, total - LINES), LINES);
  const text = lines.map((line) => line.text + (line.cut ? '' : '\n')).join('');
  return { text, whole: total <= LINES && !text.includes(REDACTED) && inOneSession(context, run.runId) };
}

/** Pasting nothing does not say that nothing was printed. */
export function pasted(text: string): Seen {
  return text.trim() === '' ? NOTHING_SEEN : { text, whole: text.length < PASTED_MAX && !text.includes(REDACTED) };
}

function inOneSession({ eventLog }: IncidentContext, runId: string): boolean {
  const sessions = eventLog.events.flatMap(({ kind, payload, session }) =>
    (kind === 'run.intended' || kind === 'run.ended') && payload?.runId === runId ? [session] : [],
  );
  return sessions.length === 2 && new Set(sessions).size === 1;
}

/** How the changes of the step stand to their exit and output rules: the newest run of each. */
export async function rulesOfStep(context: IncidentContext, step: Step): Promise<Rules> {
  const reads = definitionOf(step).onlyReads === true || step.commands.every(({ effect }) => effect === 'read');
  if (reads) return withoutChange('it only reads');
  return await rulesOfRuns(context, step, changesIn(context, step));
}

/** The same of one service among several. */
export const rulesOfService = (context: IncidentContext, step: Step, service: string): Promise<Rules> =>
  rulesOfRuns(
    context,
    step,
    changesIn(context, step).filter(({ runId }) => serviceOfRun(context.eventLog.state, runId) === service),
  );

/** The same of all but one, which is judged apart. */
export const rulesOfOthers = (context: IncidentContext, step: Step, but: string): Promise<readonly Rules[]> =>
  Promise.all(
    changesIn(context, step)
      .filter(({ runId }) => runId !== but)
      .map((run) => rulesOfRun(context, step, run)),
  );

/** Those of a try before the step was taken up again do not count, nor a command's runs before its newest. */
function changesIn({ eventLog }: IncidentContext, { id }: Step): readonly RunState[] {
  const runs = runsOfStep(eventLog.state, id);
  return [...new Map(runs.filter(({ effect }) => effect === 'change').map((run) => [run.commandId, run])).values()];
}

const rulesOfRuns = async (context: IncidentContext, step: Step, runs: readonly RunState[]): Promise<Rules> =>
  runs.length === 0
    ? { kind: 'unseen', why: 'Nobody ran the change here, nor said that they did.' }
    : allHeld(await Promise.all(runs.map((run) => rulesOfRun(context, step, run))));

async function rulesOfRun(context: IncidentContext, step: Step, run: RunState): Promise<Rules> {
  if (run.exit === null) return { kind: 'unseen', why: 'Nobody saw how the command ended.' };
  if (run.rules !== undefined) return rulesAsKept(run.rules);
  // From before it was kept on the timeline: what is stored of its output has to do.
  const output = await storedOutput(context, run);
  const ended = evaluateContract(context, step, { runId: run.runId, exit: run.exit, output });
  return rulesHeld(ended.exit, ended.output, ended.expects);
}

/** Recovers, after a start, the commands and the watch that were running when Rollbook ended. */
import { type Failure, toFailure } from '#shared/api/result.ts';
import { askedText } from '#shared/incident/timeline-words.ts';
import { allSteps } from '#shared/incident/branches.ts';
import { incidentTime } from '#shared/incident/clocks.ts';
import type { Draft, EventKind } from '#shared/incident/event.ts';
import { type IncidentState, type RunState, runsOfStep, stepState } from '#shared/incident/state.ts';
import { programOf } from '#shared/platforms/registry.ts';
import { NOTHING_SEEN } from '#shared/runbook/expectation.ts';
import { judgeStep } from '#core/engine/action.ts';
import { commandOf, type IncidentContext, ROLLBOOK, stepOf } from '#core/engine/incident-context.ts';
import type { EndedRun } from '#core/engine/judge.ts';
import { monitored } from '#core/engine/monitor.ts';
import { attend, beganAt, endedRun, noteEnd, type Ran } from '#core/engine/run-command.ts';
import { heldOutput, storedOutput } from '#core/engine/stored-output.ts';
import { LeaseLost } from '#core/event-log/lease-scope.ts';
import { mayPass } from '#core/event-log/storage-health.ts';
import { keepWatch } from '#core/steps/watch.ts';
import { writeKeptActs } from './without-store.ts';

type Asked = NonNullable<IncidentState['asked']>;

/**
 * Recovers the commands that have no recorded end: attaches to those that still run, reads the result of those that ended,
 * and records the others as `lost`. No command is run again. `broken`: the error that broke off the action in this process
 * and under this lease; null: an earlier process left it. Kept actions, secrets and logins come first, because a person may
 * already act on those while a command is still attended.
 */
export async function recover(context: IncidentContext, broken: Failure | null = null): Promise<void> {
  const { asked, runs, running } = context.eventLog.state;
  await writeKeptActs(context);
  await forgetSecrets(context);
  await leaveLogin(context);
  for (const run of running.flatMap((runId) => runs.get(runId) ?? [])) {
    if (context.running.has(run.runId)) continue;
    await settle(context, run, async () => {
      const ran = await find(context, run);
      if (run.effect === 'change') await judgeStep(context, stepOf(context, run.stepId), endedRun(ran), null);
    });
  }
  if (asked?.what === 'change') await judgeLeft(context, asked.stepId);
  if (asked !== null) await endAsked(context, asked, broken);
}

/** Runs `work` to settle a run. If that fails, records the run as unknown, so that the incident can continue. */
async function settle(context: IncidentContext, run: RunState, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    // The next lease holder tries again, or this one when the store accepts writes.
    if (context.letGo.aborted || thrown instanceof LeaseLost || mayPass(thrown)) throw thrown;
    await leaveUnknown(context, run, toFailure(thrown).message);
  }
}

/** Ends the run and its step where they are still open, with a note that a person has to check. */
async function leaveUnknown(
  context: IncidentContext,
  { runId, stepId, effect, shown }: RunState,
  why: string,
): Promise<void> {
  const reason = `Its result could not be determined: ${why}`;
  await context.eventLog.append(ROLLBOOK, (state) => {
    const drafts: Draft[] = [{ kind: 'note.added', payload: { text: `${shown}: ${reason}`, starred: true } }];
    if (state.runs.get(runId)?.endedAt === null) {
      const unseen = { exit: { kind: 'lost' }, durationMs: 0, output: null, excerpt: '', explanation: null } as const;
      drafts.push({ kind: 'run.ended', payload: { runId, ...unseen } });
    }
    if (effect === 'change' && stepState(state, stepId).outcome === null) {
      drafts.push({
        kind: 'step.ended',
        payload: { stepId, outcome: 'interrupted', reason, observed: null, dueAt: null },
      });
    }
    return drafts;
  });
}

/** Continues a watch that was running, also while a command is still attended. */
export async function resumeWatch(context: IncidentContext): Promise<void> {
  const { watch } = context.eventLog.state;
  if (watch !== null && watch.endedAt === null) await keepWatch(context, stepOf(context, watch.stepId));
}

/** Entered secrets were only in the memory of the earlier process, so they have to be entered again. */
async function forgetSecrets({ eventLog, secretsGiven }: IncidentContext): Promise<void> {
  await eventLog.append(ROLLBOOK, ({ branches }) => {
    const names = Object.entries(branches.values).flatMap(([name, { value }]) =>
      value === null && !secretsGiven.has(name) ? [name] : [],
    );
    return names.length === 0 ? [] : [{ kind: 'values.forgotten', payload: { names } }];
  });
}

/** Ends a login that was waited for: nothing polls it any more, and the step's next action will show whether it worked. */
async function leaveLogin({ eventLog, store }: IncidentContext): Promise<void> {
  await eventLog.append(ROLLBOOK, ({ branches: { login } }) =>
    login === null || login.opened === null
      ? []
      : [
          {
            kind: 'login.ended',
            payload: {
              tool: login.tool,
              who: null,
              reason: `${whoLeft(eventLog, store, 'login.opened')} while it waited`,
            },
          },
        ],
  );
}

async function find(context: IncidentContext, run: RunState): Promise<Ran> {
  const known = run.pid !== null && run.startTime !== null ? { pid: run.pid, startTime: run.startTime } : null;
  const found = context.reattacher.find({ runId: run.runId, ...known });
  if (found.kind === 'running') {
    const { process } = found;
    const rest = () => attend(context, run.runId, process);
    if (run.effect !== 'change') return await rest();
    const step = stepOf(context, run.stepId);
    const command = commandOf(step, run.commandId);
    // A script runs in a shell; its tool is the one that the runbook names.
    const program = programOf(run.binary);
    const tool = program === 'bash' ? command.tool : program;
    return await monitored(context, { ...run, step, command, tool }, rest);
  }
  const exit = found.kind === 'ended' ? found.exit : ({ kind: 'lost' } as const);
  const now = context.eventLog.now();
  const noted = found.kind === 'ended' ? found.endedAt : null;
  // The clock may have been set meanwhile: the end must not be before the start.
  const endedAt =
    noted === null
      ? now
      : Math.min(now, Math.max(beganAt(run), Math.round(incidentTime(context.eventLog.state, noted))));
  const lasted = endedAt - beganAt(run);
  const nothing = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
  if (run.effect === 'read' && known !== null) await context.reattacher.endReading({ runId: run.runId, ...known });
  // Only the keeper of a real change has the output.
  if (found.kind === 'lost' || run.effect === 'read') {
    const output = await context.outputs.finish(run.runId);
    return await noteEnd(
      context,
      { runId: run.runId, exit, stdout: '', stderr: '', seen: NOTHING_SEEN },
      lasted,
      output,
    );
  }
  const sink = context.outputs.open(run.runId);
  const printed = await heldOutput(context, run.runId, sink, nothing);
  return await noteEnd(
    context,
    { runId: run.runId, exit, ...printed },
    lasted,
    await sink.close(context.letGo),
    endedAt,
  );
}

/** Judges the step of a change that ended but was not judged. */
async function judgeLeft(context: IncidentContext, stepId: string): Promise<void> {
  const { outcome } = stepState(context.eventLog.state, stepId);
  const last = runsOfStep(context.eventLog.state, stepId).findLast(({ effect }) => effect === 'change');
  if (outcome !== null || last?.exit == null) return;
  const { runId, exit } = last;
  await settle(context, last, async () =>
    judgeStep(context, stepOf(context, stepId), await asSeen(context, { runId, exit }), null),
  );
}

/** The ended run with its stored output. The result of its rules is on the timeline. */
async function asSeen(context: IncidentContext, { runId, exit }: Pick<Ran, 'runId' | 'exit'>): Promise<EndedRun> {
  const run = context.eventLog.state.runs.get(runId);
  return { runId, exit, output: run === undefined ? NOTHING_SEEN : await storedOutput(context, run) };
}

/** Who left the action without an end: this process released the lease, or another process ended. */
function whoLeft(
  { events }: IncidentContext['eventLog'],
  { session }: IncidentContext['store'],
  begun: EventKind,
): string {
  const own = events.findLast(({ kind }) => kind === begun)?.session === session;
  return own ? 'Rollbook let go of the incident' : 'Rollbook ended';
}

async function endAsked(context: IncidentContext, asked: Asked, broken: Failure | null): Promise<void> {
  const { stepId, what } = asked;
  // A change whose step was judged has no open problem.
  const problem =
    broken === null && what === 'change' && wasJudged(context, stepId) ? null : leftProblem(context, asked, broken);
  await context.eventLog.append(ROLLBOOK, (state) =>
    state.asked === null ? [] : [{ kind: 'act.ended', payload: { stepId, problem } }],
  );
}

/** True when the step has ended since the last action began. */
function wasJudged({ eventLog: { events } }: IncidentContext, stepId: string): boolean {
  const asked = events.findLastIndex(({ kind }) => kind === 'act.asked');
  return events.slice(asked).some(({ kind, payload }) => kind === 'step.ended' && payload?.stepId === stepId);
}

function leftProblem(context: IncidentContext, { stepId, what }: Asked, broken: Failure | null) {
  const title = allSteps(context.runbook).find(({ id }) => id === stepId)?.title ?? stepId;
  const act = askedText(what, title);
  const message =
    broken === null
      ? `${whoLeft(context.eventLog, context.store, 'act.asked')} in the middle of ${act}.`
      : `Rollbook broke off ${act}: ${broken.message}`;
  const advice = 'Look at the timeline for what is known; nothing was run again by itself.';
  return { code: 'interrupted', message, advice };
}

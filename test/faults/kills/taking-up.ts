/** Checks the data folder after a kill, with a new core. */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ulid } from 'ulid';
import { type OpenCore, openCore } from '#core/core.ts';
import { autopilot } from '#core/drills/autopilot.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { alternatives } from '#shared/incident/alternatives.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { currentStep, nextAction } from '#shared/incident/next-action.ts';
import { runsOfStep, stepState } from '#shared/incident/state.ts';
import { declared, portsOf } from '../dying/errand.ts';
import type { Killed } from './killing.ts';
import { startsIn } from './logged-tools.ts';
import { copyOf, enter, type Place, type Story } from './story.ts';

/** The problems that were found, a sentence each. */
export interface Findings {
  readonly lost: readonly string[];
  readonly wrong: readonly string[];
}

/**
 * Resumes the incident, and tries what a person may want to do next. `act`: which of the offered acts, counted
 * modulo their number; `each`: all of them, each on a copy.
 */
export async function takeUp(killed: Killed, act: number | 'each'): Promise<Findings> {
  const lost: string[] = [];
  const wrong: string[] = [];
  const say = (what: string): void => void wrong.push(`${killed.where}: ${what}`);
  const { place, story } = killed;
  await inCore(story, place, say, async (core, incident, passing) => {
    const stored = core.services.store.events(incident.context.incidentId);
    for (const event of killed.told) {
      if (!isDeepStrictEqual(stored[event.seq - 1], event))
        lost.push(`${killed.where}: event ${event.seq}, ${event.kind}`);
    }
    await passing(incident.steer());
    await passing(incident.settled());
    for (const problem of await recoveredWrongly(killed, core, incident)) say(problem);
    const send = (intent: Intent) => passing(taken(incident, intent));
    // Sent again, as by a window that got no answer.
    const again = storedActs(story, incident).at(-1);
    if (again !== undefined) {
      const answer = await incident.act(again.intent, 'ann', again.id, incident.context.eventLog.state.seq);
      if (!answer.repeated) say(`${again.intent.kind} was taken a second time`);
      await passing(incident.settled());
    }
    const { resolvedAt } = incident.context.eventLog.state;
    if (resolvedAt === null) await send({ kind: 'note', text: 'still here', starred: false });
    await passing(core.services.reports.export(incident.context.incidentId, join(place.root, 'report.md'), 'ann'));
    if (act === 'each' || resolvedAt !== null) return;
    if (story.acts === 'autopilot') return await passing(autopilot(incident, 'ann', ulid));
    const offered = offeredActs(story, incident);
    const chosen = offered[act % offered.length];
    if (chosen !== undefined) await tried(chosen, send, say);
    if (incident.context.eventLog.state.resolvedAt === null)
      await tried({ kind: 'resolve', summary: 'left' }, send, say);
    for (const problem of startedTwice(place)) say(problem);
  });
  if (act === 'each') await tryEach(killed, say);
  return { lost, wrong };
}

type Passing = <T>(promise: Promise<T>) => Promise<T>;
type Work = (core: OpenCore, incident: OpenIncident, passing: Passing) => Promise<void>;

/** Declares an incident that was not declared yet, with the same intent. An error is reported as a problem. */
async function inCore(story: Story, place: Place, say: (what: string) => void, work: Work): Promise<void> {
  enter(place);
  const { ports, passing, end } = portsOf(story.timeAfter);
  try {
    const report = (line: string): void => say(`it reported: ${line}`);
    const core = await openCore({ host: 'cli', folder: place.data, ports, report });
    try {
      const { incidents } = core.services;
      const id = incidents.list()[0]?.id ?? (await passing(declared(core, story.begin, story.begin.intentId)));
      await work(core, await incidents.open(id), passing);
    } finally {
      await passing(core.close());
    }
  } catch (thrown) {
    say(String(thrown));
  } finally {
    end();
  }
}

async function taken(incident: OpenIncident, intent: Intent): Promise<void> {
  await incident.act(intent, 'ann', ulid(), incident.context.eventLog.state.seq);
  await incident.settled();
}

async function tried(
  intent: Intent,
  send: (intent: Intent) => Promise<void>,
  say: (what: string) => void,
): Promise<void> {
  try {
    await send(intent);
  } catch (thrown) {
    say(`${intent.kind} was refused: ${String(thrown)}`);
  }
}

/** Tries each offered act from the same state, on a copy of the place. */
async function tryEach({ story, place, where }: Killed, say: (what: string) => void): Promise<void> {
  await story.keep?.('taken_up');
  const offered: Intent[] = [];
  for (let index = 0; index === 0 || index < offered.length; index += 1) {
    await story.putBack?.('taken_up');
    const copy = copyOf(place, join(place.root, '..', `act-${index}`));
    const sayOf = (what: string): void => say(`${offered[index]?.kind} after ${where}: ${what}`);
    await inCore(story, copy, sayOf, async (_core, incident, passing) => {
      await passing(incident.steer());
      await passing(incident.settled());
      if (incident.context.eventLog.state.resolvedAt !== null) return;
      if (index === 0) offered.push(...offeredActs(story, incident), { kind: 'resolve', summary: 'left' });
      const intent = offered[index];
      if (intent !== undefined) await tried(intent, (each) => passing(taken(incident, each)), sayOf);
      for (const problem of startedTwice(copy)) sayOf(problem);
    });
  }
}

async function recoveredWrongly({ story, place }: Killed, core: OpenCore, incident: OpenIncident): Promise<string[]> {
  const { eventLog, incidentId, runbook } = incident.context;
  const { state } = eventLog;
  const wrong = startedTwice(place);
  for (const { runId } of startsIn(place.cloud).filter(({ changes }) => changes)) {
    const run = state.runs.get(runId);
    if (run === undefined) wrong.push(`a change was started without an intent: ${runId}`);
    else if (stepState(state, run.stepId).outcome === null)
      wrong.push('a change was started, and its step looks untouched');
  }
  for (const { endedAt, shown } of state.runs.values()) if (endedAt === null) wrong.push(`${shown} seems to run`);
  if (state.asked !== null) wrong.push(`${state.asked.what} seems to be under way`);
  const changed = await story.isChanged(place);
  for (const step of runbook.procedures.flatMap(({ steps }) => steps)) {
    const { outcome } = stepState(state, step.id);
    const change = runsOfStep(state, step.id).some(({ effect }) => effect === 'change');
    if (change && changed === false && outcome === 'verified') wrong.push(`"${step.title}" is verified, and is not so`);
  }
  const { ok, problem } = core.services.store.verify(incidentId);
  if (!ok) wrong.push(`the chain does not hold: ${JSON.stringify(problem)}`);
  return wrong;
}

/** Nothing is ever started twice under one name. */
function startedTwice({ cloud }: Place): string[] {
  const ids = startsIn(cloud).map(({ runId }) => runId);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  return twice.map((id) => `${id} was started twice`);
}

const intentIds = (incident: OpenIncident): ReadonlySet<string | null> =>
  new Set(incident.context.eventLog.envelopes.map(({ intentId }) => intentId));

function storedActs({ acts }: Story, incident: OpenIncident) {
  const stored = intentIds(incident);
  return acts === 'autopilot' ? [] : acts.filter(({ id }) => stored.has(id));
}

/** What a person can do now: the primary action or the ways out of a failed step, and the acts that are always offered. */
function offeredActs(story: Story, incident: OpenIncident): readonly Intent[] {
  const { eventLog, runbook } = incident.context;
  const { state } = eventLog;
  const next = nextAction(state, runbook);
  const step = currentStep(state, runbook);
  const ways = step === null || next.kind !== 'decide' ? [] : alternatives(state, runbook, step);
  return [
    ...(next.kind === 'do' ? [next.intent] : []),
    ...(next.kind === 'ask' ? answer(story, incident) : []),
    ...ways.flatMap(({ intent }) => (intent === null ? [] : [intent])),
    ...ofStep(step),
    { kind: 'change-severity', to: state.severity === 'P1' ? 'P2' : 'P1', reason: 'half of it is back' },
    { kind: 'log-escalation', who: 'Mo', how: 'phone', reached: true, words: 'on my way' },
    { kind: 'raise-objection', who: 'Mo', words: 'wait', answer: 'no' },
  ];
}

/** The next act of the story. */
function answer({ acts }: Story, incident: OpenIncident): readonly Intent[] {
  const stored = intentIds(incident);
  const next = acts === 'autopilot' ? undefined : acts.find(({ id }) => !stored.has(id));
  return next === undefined ? [] : [next.intent];
}

function ofStep(step: ReturnType<typeof currentStep>): readonly Intent[] {
  if (step === null) return [];
  const command = step.commands[0];
  return [
    { kind: 'skip-step', stepId: step.id, reason: 'it is not needed' },
    { kind: 'defer-step', stepId: step.id, reason: 'later', dueInMs: 3_600_000 },
    ...(command === undefined
      ? []
      : ([{ kind: 'copied-command', stepId: step.id, commandId: command.id }] satisfies Intent[])),
  ];
}

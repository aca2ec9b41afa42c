/** What the wizard prints before its first question: which incident this is, with which tools, and what already runs. */
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { mitigationClock } from '#shared/incident/clocks.ts';
import { durationText } from '#shared/words/duration.ts';
import { allSteps } from '#shared/incident/branches.ts';
import { activeRun, procedureOf } from '#shared/incident/state.ts';
import type { Check } from '#shared/runbook/model.ts';
import { indented, proseText } from '#shared/runbook/prose-text.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import { clockTime } from '#shared/words/clock-time.ts';
import { endText } from './stop-words.ts';

export function introduction({ context }: OpenIncident): string {
  const { declared, severity, row } = context.eventLog.state;
  const target = row === null ? 'no target' : `target ${row.targetText}`;
  return [
    toolsLine({ context }),
    `Incident ${context.incidentId}: ${severity}, ${declared.title} (${target})${declared.service === '' ? '' : `, ${declared.service}`}.`,
    ...(row === null || row.action === '' ? [] : [`The matrix says: ${row.action}`]),
    ...(declared.symptom === '' || declared.symptom === declared.title ? [] : [`Symptom: ${declared.symptom}`]),
    'Enter takes what is offered first. /help lists what can be typed; "stop" stops what runs; Ctrl-C leaves it open.',
    '',
  ].join('\n');
}

/** Says whether commands run for real. */
export function toolsLine({ context }: Pick<OpenIncident, 'context'>): string {
  const { declared } = context.eventLog.state;
  if (declared.kind === 'live') return 'LIVE: commands run for real, with your own login.';
  if (declared.adapter === 'real') return `DRILL with real tools, on ${declared.service} alone.`;
  const { scenario = '', speed = 1 } = declared.drill ?? {};
  const fast = speed === 1 ? 'in real time' : `${speed} times as fast as real time`;
  return `DRILL ${scenario}, ${fast}, on simulated tools: nothing real is touched, and no message leaves this machine.`;
}

/** The title of a step with its place in the procedure, and the runbook's own text; '' outside the steps. */
export function stepText({ eventLog, runbook }: OpenIncident['context'], stepId: string | null): string {
  const step = allSteps(runbook).find(({ id }) => id === stepId);
  if (step === undefined) return '';
  const steps = procedureOf(eventLog.state, runbook)?.steps ?? [];
  const index = steps.findIndex(({ id }) => id === stepId);
  const place = index < 0 ? '' : `Step ${index + 1} of ${steps.length}: `;
  const text = proseText(step.prose) || (definitionOf(step).lead ?? '');
  return `\n${place}${step.title}\n${text === '' ? '' : `${indented(text, '  ')}\n`}`;
}

/** The runbook's own text under a check, and the questions to ask oneself; '' where it has none. */
export function checkText({ prose, questions = [] }: Check): string {
  const text = [proseText(prose), questions.map((question) => `- ${question}`).join('\n')].filter(Boolean).join('\n');
  return text === '' ? '' : `${indented(text, '  ')}\n`;
}

/** What runs already, since when, and what can be typed meanwhile; '' when nothing runs. */
export function underWay({ context: { eventLog, storageHealth } }: OpenIncident): string {
  const { state } = eventLog;
  const run = activeRun(state);
  const since = run?.startedAt ?? run?.intendedAt ?? state.asked?.at ?? null;
  if (since === null) return '';
  const end = storageHealth.ended.find(({ runId }) => runId === run?.runId);
  const what = run === null ? 'The state is being read' : `Under way: ${visibleCommand(run.shown)}`;
  const how = `${what}, since ${clockTime(since)} (${durationText(Math.max(0, eventLog.now() - since))} ago).`;
  return [
    '',
    end === undefined ? how : endText(end, state, storageHealth),
    ...(storageHealth.problem === null
      ? []
      : ['Nothing can be written now: notes are kept, and it goes on by itself as soon as the store takes them.']),
    `${run === null || end !== undefined ? '' : '"stop" interrupts it; '}/note TEXT keeps a note; /help lists what can be typed.`,
    '',
  ].join('\n');
}

/** The mitigation clock in words. */
export function clockLine({ context: { eventLog } }: OpenIncident): string {
  const clock = mitigationClock(eventLog.state, eventLog.now());
  const elapsed = durationText(clock.elapsedMs);
  const contained = clock.contained === null ? '' : `contained after ${durationText(clock.contained.elapsedMs)}`;
  if (clock.endedAt !== null) return `Rollback effective after ${elapsed}${contained && `, ${contained}`}.`;
  if (contained !== '') {
    const target = clock.met === null ? clock.targetText : `target ${clock.targetText} ${clock.met ? 'met' : 'missed'}`;
    return `${elapsed} since detection, ${contained}, ${target}.`;
  }
  if (clock.remainingMs === null) return `${elapsed} since detection, no target.`;
  return clock.remainingMs >= 0
    ? `${elapsed} since detection, ${durationText(clock.remainingMs)} left of ${clock.targetText}.`
    : `${elapsed} since detection, OVER by ${durationText(-clock.remainingMs)}.`;
}

/** The clock and what runs, in one line; '' when nothing runs. */
export function progressText(incident: OpenIncident): string {
  const { eventLog } = incident.context;
  const { state } = eventLog;
  const run = activeRun(state);
  const since = (at: number): string => durationText(Math.max(0, eventLog.now() - at));
  const running =
    run !== null
      ? `Running ${since(run.startedAt ?? run.intendedAt)}: ${visibleCommand(run.shown)}`
      : state.watch !== null && state.watch.endedAt === null
        ? `Watching ${since(state.watch.startedAt)}`
        : '';
  return running === '' ? '' : `${clockLine(incident)} ${running}`;
}

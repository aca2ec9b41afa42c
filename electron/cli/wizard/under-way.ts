/** What is said at once of an incident in which something is under way already. */
import { durationText } from '#shared/words/duration.ts';
import { activeRun } from '#shared/incident/state.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { localHourMinute } from './messages.ts';
import { endText } from './stop-words.ts';

/** What runs, since when, and what can be typed meanwhile; empty when nothing does. */
export function underWay({ context: { eventLog, storageHealth } }: OpenIncident): string {
  const { state } = eventLog;
  const run = activeRun(state);
  const since = run?.startedAt ?? run?.intendedAt ?? state.asked?.at ?? null;
  if (since === null) return '';
  const end = storageHealth.ended.find(({ runId }) => runId === run?.runId);
  const what = run === null ? 'The state is being read' : `Under way: ${visibleCommand(run.shown)}`;
  const how = `${what}, since ${localHourMinute(since)} (${durationText(Math.max(0, eventLog.now() - since))} ago).`;
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

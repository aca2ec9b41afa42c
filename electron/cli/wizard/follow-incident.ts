/** Prints what happens in an incident as it happens: events of the timeline, output of changes, and ends not yet stored. */
import { count } from '#shared/words/count.ts';
import { activeRun } from '#shared/incident/state.ts';
import { timeline } from '#shared/incident/timeline.ts';
import type { Services } from '#core/handlers/handler.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { endText } from './stop-words.ts';

/** Answers how to stop printing. */
export function followIncident(incident: OpenIncident, services: Services, say: (text: string) => void): () => void {
  const ends = [followTimeline(incident, say), followOutput(incident, services, say), followSeenEnds(incident, say)];
  return () => {
    for (const end of ends) end();
  };
}

function followTimeline(incident: OpenIncident, say: (text: string) => void): () => void {
  const { eventLog, runbook } = incident.context;
  return incident.follow((events) => {
    const since = (events[0]?.seq ?? 0) - 1;
    for (const entry of timeline(eventLog.eventsAfter(since), runbook, eventLog.state)) {
      if (entry.starred) say(`* ${entry.text}\n`);
    }
  });
}

function followOutput(incident: OpenIncident, services: Services, say: (text: string) => void): () => void {
  let detach = (): void => undefined;
  const attach = (runId: string): void => {
    const send = (push: Parameters<Parameters<Services['outputs']['attach']>[1]>[0]): void => {
      if (push.name !== 'run.output') return;
      const { skipped, lines } = push.payload;
      if (skipped > 0) say(`  ... ${count(skipped, 'line')} left out ...\n`);
      for (const { text } of lines) say(`  ${text}\n`);
      services.outputs.acknowledge(
        runId,
        send,
        lines.reduce((sum, { text }) => sum + text.length + 1, 0),
      );
    };
    detach = services.outputs.attach(runId, send);
  };
  const left = activeRun(incident.context.eventLog.state, 'change');
  if (left !== null) attach(left.runId);
  const unfollow = incident.follow((events) => {
    for (const event of events) {
      if (event.kind !== 'run.intended') continue;
      const { runId, effect } = event.payload as { runId: string; effect: string };
      detach();
      if (effect === 'change') attach(runId);
    }
  });
  return () => {
    unfollow();
    detach();
  };
}

/** A command that ended while the store takes nothing must not look as if it still ran; each end is printed once. */
function followSeenEnds(
  { context: { eventLog, storageHealth } }: OpenIncident,
  say: (text: string) => void,
): () => void {
  const said = new Set<string>();
  return storageHealth.follow((problem) => {
    if (problem === null) return;
    for (const end of storageHealth.ended.filter(({ runId }) => !said.has(runId))) {
      said.add(end.runId);
      say(`\n${endText(end, eventLog.state, storageHealth)}\n`);
    }
  });
}

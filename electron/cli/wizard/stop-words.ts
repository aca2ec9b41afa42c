/** What "stop" and "kill" do while something runs. Where they do nothing or something else, that is said. */
import { durationText } from '#shared/words/duration.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { type SeenEnd, seenEndText, stopNext, stopStanding } from '#shared/incident/running-command.ts';
import { activeRun, type IncidentState } from '#shared/incident/state.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';

type StopWord = 'stop' | 'kill';

/**
 * What leaving the wizard (Ctrl-C) does not stop: a change outlives the app (product rule 6). '' when there is none. On
 * Windows no keeper holds its result (process-spawner.ts): the next start can neither find nor stop it.
 */
export function runsOnText(
  state: Pick<IncidentState, 'declared' | 'runs' | 'running'>,
  platform: NodeJS.Platform = process.platform,
): string {
  const run = activeRun(state, 'change');
  if (run === null || state.declared.adapter === 'simulated') return '';
  if (platform === 'win32')
    return (
      `${visibleCommand(run.shown)} is not stopped and may run on. On Windows Rollbook cannot attach to it again: its result is lost, and the next start asks you to look at the service.` +
      `${run.pid === null ? '' : ` To end it: taskkill /T /F /PID ${run.pid}; machines may be mixed then.`}\n`
    );
  return `${visibleCommand(run.shown)} is not stopped: it runs on, and the next start finds its result. To stop it, go on and type "stop".\n`;
}

/** Null: nothing is sent. A kill never stands for a stop, nor a stop for a kill. */
export function stopIntent(
  { context: { eventLog, adapter, storageHealth } }: OpenIncident,
  word: StopWord,
  say: (text: string) => void,
): Intent | null {
  const run = activeRun(eventLog.state);
  if (run === null) return withoutRun(eventLog.state, word, say);
  const end = storageHealth.ended.find(({ runId }) => runId === run.runId);
  if (end !== undefined) {
    say(`${endText(end, eventLog.state, storageHealth)}\n`);
    return null;
  }
  const stopAsked = run.stopAsked ?? storageHealth.stopOf(run.runId);
  const standing = stopStanding({ stopAsked }, adapter.clock.now());
  switch (standing.kind) {
    case 'may-interrupt':
      if (word === 'kill') say('It is interrupted first, so that it can end by itself; "kill" comes a minute after.\n');
      return { kind: 'stop-run', runId: run.runId, how: 'interrupt' };
    case 'may-kill':
      if (word === 'kill') return { kind: 'stop-run', runId: run.runId, how: 'kill' };
      say('It did not end by itself. "kill" ends it; machines may be mixed then.\n');
      return null;
    case 'waiting':
      say(`Interrupted. It has ${durationText(standing.leftMs)} to end by itself.\n`);
      return null;
    case 'killed':
      say('It was killed; its end is waited for.\n');
      return null;
  }
}

/** The text for a command that ended, if its end could not be stored yet. */
export const endText = (
  end: SeenEnd,
  { runs }: OpenIncident['context']['eventLog']['state'],
  storageHealth: Pick<OpenIncident['context']['storageHealth'], 'stopOf'>,
): string => seenEndText(end, runs.get(end.runId)?.stopAsked ?? storageHealth.stopOf(end.runId));

function withoutRun(
  { watch, branches }: OpenIncident['context']['eventLog']['state'],
  word: StopWord,
  say: (text: string) => void,
): Intent | null {
  const waits = branches.login?.opened != null ? 'login' : watch !== null && watch.endedAt === null ? 'watch' : null;
  if (waits === null) {
    say('No command runs at this moment: the state is being read. Nothing was stopped; type it again when one runs.\n');
    return null;
  }
  if (word === 'kill') {
    const stop = waits === 'login' ? 'goes on without the login' : 'ends the watch';
    say(`No command runs that could be killed, and nothing was stopped. "stop" ${stop}.\n`);
    return null;
  }
  return waits === 'login'
    ? { kind: 'skip-login', reason: 'stopped' }
    : { kind: 'end-watch', stepId: watch?.stepId ?? '', reason: 'ended in the terminal' };
}

/** True when a command was asked for and its process does not exist yet. */
export const startsYet = ({ context: { eventLog } }: OpenIncident): boolean =>
  eventLog.state.branches.login?.opened == null && stopNext(eventLog.state, false) === 'wait';

/** A "stop" that comes before the process exists: it is sent when the process starts. */
export function stopAtStart(incident: OpenIncident, over: AbortSignal, send: (intent: Intent) => void): void {
  const unfollow = incident.follow(() => {
    const next = stopNext(incident.context.eventLog.state, false);
    if (next === 'wait') return;
    unfollow();
    if (next !== 'over') send({ kind: 'stop-run', runId: next.runId, how: 'interrupt' });
  });
  over.addEventListener('abort', unfollow, { once: true });
}

/**
 * What the picture of an incident shows: its milestones, the target, the commands and the probes. Made from the state, so
 * that the report and the window can draw the same one.
 */
import { mitigationClock } from '#shared/incident/clocks.ts';
import type { IncidentState, RunState } from '#shared/incident/state.ts';
import { exitText, succeeded } from '#shared/incident/timeline-words.ts';
import { probedAddress } from '#shared/incident/symptom-probe.ts';
import { count } from '#shared/words/count.ts';
import { elapsedText } from '#shared/words/duration.ts';
import { utc } from '../times.ts';

/** Its name beside a report. */
export const PICTURE_FILE = 'incident.svg';

export interface PictureMoment {
  readonly name: 'Detected' | 'Declared' | 'First change' | 'Contained' | 'Effective' | 'Stable';
  /** ms since the epoch. */
  readonly at: number;
}

/** A command from its start to its end; of one that still runs, until now. */
export interface PictureBar {
  readonly label: string;
  readonly from: number;
  readonly until: number;
  readonly how: 'succeeded' | 'failed' | 'running';
  readonly ended: string;
}

export interface PictureProbes {
  readonly label: string;
  readonly probes: readonly { readonly at: number; readonly ok: boolean }[];
}

export interface IncidentPicture {
  readonly title: string;
  readonly moments: readonly PictureMoment[];
  /** `met`: null while it is open. */
  readonly target: { readonly at: number; readonly text: string; readonly met: boolean | null } | null;
  readonly changes: readonly PictureBar[];
  readonly reads: readonly PictureBar[];
  readonly probes: readonly PictureProbes[];
  readonly watch: { readonly from: number; readonly until: number; readonly minutes: number } | null;
}

/** `now`: the incident's time; of an incident that is over, any later moment. */
export function incidentPicture(state: IncidentState, now: number): IncidentPicture {
  const { declared, watch, severity } = state;
  const clock = mitigationClock(state, now);
  const runs = [...state.runs.values()];
  const moments = [
    ['Detected', clock.startedAt],
    ['Declared', state.declaredAt],
    ['First change', state.startedAt],
    ['Contained', clock.contained?.at ?? null],
    ['Effective', clock.endedAt],
    ['Stable', watch?.completed === true ? watch.endedAt : null],
  ] as const;
  return {
    title: `${declared.kind === 'drill' ? 'DRILL ' : ''}${severity} ${declared.service}: ${declared.title}`,
    moments: moments.flatMap(([name, at]) => (at === null ? [] : [{ name, at }])).toSorted((a, b) => a.at - b.at),
    target:
      clock.targetMs === null
        ? null
        : { at: clock.startedAt + clock.targetMs + state.clockSetMs, text: clock.targetText, met: clock.met },
    changes: barsOf(
      runs.filter(({ effect }) => effect === 'change'),
      now,
    ),
    reads: barsOf(
      runs.filter(({ effect }) => effect === 'read'),
      now,
    ),
    probes: probesOf(state),
    watch: watch === null ? null : { from: watch.startedAt, until: watch.endedAt ?? now, minutes: watch.minutes },
  };
}

/** The words before the first flag; of several apps each command names its own. */
function barsOf(runs: readonly RunState[], now: number): readonly PictureBar[] {
  const apps = runs.map(({ shown }) => / (?:--app|-a)[ =](\S+)/.exec(shown)?.[1] ?? '');
  const several = new Set(apps.filter(Boolean)).size > 1;
  return runs.map(({ shown, startedAt, intendedAt, endedAt, exit, byHand }, n) => {
    const from = startedAt ?? intendedAt;
    const words = (/^(?:[^-\s]\S*\s*)+/.exec(shown)?.[0] ?? shown).trim().split(/\s+/).slice(0, 3);
    const label = several && apps[n] !== '' ? `${words.slice(1).join(' ')} ${apps[n]}` : words.join(' ');
    return {
      label: byHand ? `${label} (by hand)` : label,
      from,
      until: Math.max(from, endedAt ?? now),
      how: exit === null ? 'running' : succeeded(exit) ? 'succeeded' : 'failed',
      ended: exit === null ? 'still running' : exitText(exit),
    };
  });
}

function probesOf(state: IncidentState): readonly PictureProbes[] {
  const symptom = state.after.symptom.toArray();
  const watched = Object.entries(state.after.watched).map(([service, samples]) => ({
    label: `Watch of ${service || state.declared.service}`,
    probes: samples.toArray(),
  }));
  const address = probedAddress(state);
  return [{ label: address === null ? 'Symptom' : `Symptom, ${address}`, probes: symptom }, ...watched].filter(
    ({ probes }) => probes.length > 0,
  );
}

/** The picture in words, as one line: for readers who do not see it, and where it cannot be shown. Times are UTC. */
export function pictureText({ title, moments, target, changes, reads, probes }: IncidentPicture): string {
  const start = moments[0]?.at ?? 0;
  const time = (at: number): string => utc(at).slice(11);
  const parts = [
    `${title}, times in UTC`,
    ...moments.map(({ name, at }) => `${name} ${time(at)} (${elapsedText(at - start)})`),
    ...(target === null ? [] : [`Target ${target.text}${verdict(target.met)}`]),
    ...changes.map(({ label, from, until, ended }) => `${label} from ${time(from)} to ${time(until)}, ${ended}`),
    ...(reads.length === 0 ? [] : [count(reads.length, 'read-only command')]),
    ...probes.map(
      ({ label, probes: all }) => `${label}: ${all.filter(({ ok }) => !ok).length} of ${all.length} probes bad`,
    ),
  ];
  return `${parts.join('. ')}.`;
}

/** `, met`, or nothing while it is open. */
export const verdict = (met: boolean | null): string => (met === null ? '' : met ? ', met' : ', missed');

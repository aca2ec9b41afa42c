/** The text of the tray: the running clock with its word, readable without opening the window. Pure. */
import { mitigationClock, stabilityClock, type TargetStanding } from '#shared/incident/clocks.ts';
import { durationText, elapsedText } from '#shared/words/duration.ts';
import type { WatchedIncident } from './incident-feed.ts';
import { openIncidents } from './open-incidents.ts';

export interface TrayText {
  /** Beside the icon, where the platform has room for it (macOS); '' when nothing is open. */
  readonly title: string;
  readonly tooltip: string;
  /** A line for each open incident. Changes once a minute at most, because a menu closes when it is replaced. */
  readonly rows: readonly { readonly incidentId: string; readonly label: string }[];
}

const WORD: Readonly<Record<TargetStanding, string>> = {
  'no-target': 'no target',
  within: 'within target',
  half: 'within target, half used',
  near: 'within target, nearly used',
  over: 'OVER target',
};

export function trayText(all: readonly WatchedIncident[]): TrayText {
  const open = openIncidents(all);
  const rows = open.map((incident) => ({ incidentId: incident.id, label: rowOf(incident) }));
  const [leading] = open;
  if (leading === undefined) return { title: '', tooltip: 'Rollbook: no open incident', rows };
  const { face, word } = clockOf(leading);
  const more = open.length > 1 ? ` (+${open.length - 1})` : '';
  return {
    title: `${mark(leading)} ${face} ${word}${more}`,
    tooltip: `Rollbook: ${mark(leading)} ${leading.state.declared.title}: ${face}, ${word}${more}`,
    rows,
  };
}

/** A drill is named as one wherever it is shown. */
const mark = ({ state }: WatchedIncident): string =>
  state.declared.kind === 'drill' ? `DRILL ${state.severity}` : state.severity;

function rowOf(incident: WatchedIncident): string {
  const { elapsedMs, word } = clockOf(incident);
  const minutes = Math.floor(elapsedMs / 60_000) * 60_000;
  return `${mark(incident)} ${incident.state.declared.title}: ${minutes === 0 ? 'under 1 min' : durationText(minutes)}, ${word}`;
}

/** The mitigation clock until the rollback is effective, then the watch. */
function clockOf({ state, now }: WatchedIncident): {
  readonly elapsedMs: number;
  readonly face: string;
  readonly word: string;
} {
  const mitigation = mitigationClock(state, now);
  const stability = stabilityClock(state, now);
  if (mitigation.endedAt === null || stability.startedAt === null) {
    const { elapsedMs, endedAt, contained, standing, met } = mitigation;
    const reached = endedAt === null && contained !== null ? 'contained' : 'effective';
    const word = met === null ? WORD[standing] : `${reached}, target ${met ? 'met' : 'missed'}`;
    return { elapsedMs, face: elapsedText(elapsedMs).slice(1), word };
  }
  const { elapsedMs } = stability;
  const word = stability.endedAt === null ? 'watching' : stability.completed ? 'watched to the end' : 'watch ended';
  return { elapsedMs, face: elapsedText(elapsedMs).slice(1), word };
}

/** Messages to people: the runbook's messages with their placeholders filled in, and a short status of the incident. */
import { count } from '#shared/words/count.ts';
import { releaseName } from '#shared/platforms/release-name.ts';
import type { Message, Runbook } from '../runbook/model.ts';
import { mitigationClock } from './clocks.ts';
import { durationText } from '#shared/words/duration.ts';
import { nextAction } from './next-action.ts';
import { procedureOf, type IncidentState, stepState } from './state.ts';

export interface MessageTime {
  /**
   * Now, ms since the epoch of the incident's clock; null: durations stay placeholders until the rollback is
   * effective.
   */
  readonly now: number | null;
  /** Formats a moment, with its time zone. */
  readonly clock: (at: number) => string;
}

/** The status message, which is not from the runbook: one key at any moment. */
export const STATUS_NOW = { id: 'status-now', title: 'Status now' } as const;

/**
 * Unknown placeholders stay as they are for a person to fill in; nothing is guessed. The target of the matrix row is no
 * estimate for users, so [Timeframe] is always a person's. In a drill the text begins with
 * DRILL.
 */
export function fillMessage(text: string, state: IncidentState, time: MessageTime): string {
  const blanks = knownPlaceholders(state, time);
  const filled = blanks.reduce((now, [blank, value]) => (value === null ? now : now.replace(blank, () => value)), text);
  return marked(filled, state);
}

/** Every message from a drill begins with DRILL (rule 14). */
export function marked(text: string, { declared }: IncidentState): string {
  return declared.kind === 'drill' && !/^DRILL\b/.test(text) ? `DRILL ${text}` : text;
}

/** Placeholders of messages: "[Time]", "P[0/1/2]", "v[X]". A link and a check box are none. */
const PLACEHOLDER = /v\[X\]|P?\[[^\][\n]{2,60}\](?!\()/g;

/** The placeholders of a message (`template`) that still stand in the text, each once. */
export const openBlanks = (template: string, text: string): readonly string[] =>
  [...new Set(template.match(PLACEHOLDER) ?? [])].filter((blank) => text.includes(blank));

/** A message of the runbook by its id, also of a checklist; undefined for the status and for an unknown id. */
export const messageOf = ({ messages, procedures }: Runbook, messageId: string): Message | undefined =>
  [...messages, ...procedures.flatMap(({ steps }) => steps.flatMap((step) => step.messages))].find(
    ({ id }) => id === messageId,
  );

function knownPlaceholders(
  state: IncidentState,
  { now, clock }: MessageTime,
): readonly (readonly [RegExp, string | null])[] {
  const { declared, severity } = state;
  const mitigation = mitigationClock(state, now ?? state.declaredAt);
  const counted = state.effectiveAt !== null || now !== null;
  const version = versionText(state);
  return [
    [/P?\[P?\d(?:\/P?\d)*\]/g, severity],
    [/\[Brief description\]/gi, declared.title],
    [/\[Service\]/gi, servicesText(state) || null],
    // When the first change was started; before it there is no such time.
    [/\[Time\]/gi, state.startedAt === null ? null : clock(state.startedAt)],
    [/\[Start\]/gi, clock(declared.detectedAt)],
    [/\[End\]/gi, state.effectiveAt === null ? null : clock(state.effectiveAt)],
    [/\[Duration\]/gi, counted ? durationText(mitigation.elapsedMs) : null],
    [/\[Stable\/Monitoring\]/gi, stability(state)],
    [/v\[X\]/gi, state.choice === null ? null : releaseName(state.choice)],
    [/\[Version\]/gi, version],
    [/\$\{?SERVICE\}?/g, declared.service === '' ? null : declared.service],
  ];
}

/** The declared service, and those that were rolled back with it. */
function servicesText({ declared, system }: IncidentState): string {
  const chosen = Object.entries(system).flatMap(([service, { choice }]) => (choice === null ? [] : [service]));
  return [...new Set([declared.service, ...chosen])].filter((service) => service !== '').join(', ');
}

/** null until the rollback is effective. */
function stability(state: IncidentState): string | null {
  if (state.effectiveAt === null) return null;
  return state.watch?.completed === true ? 'Stable' : 'Monitoring';
}

function versionText({ choice, system }: IncidentState): string | null {
  const several = Object.entries(system).flatMap(([service, each]) =>
    each.ended?.outcome === 'verified' && each.choice !== null ? [`${service} ${releaseName(each.choice)}`] : [],
  );
  if (several.length > 0) return several.join(', ');
  return choice === null ? null : releaseName(choice);
}

/** The answer to "how is it going?": what, since when, how far, what next. */
export function statusNow(
  state: IncidentState,
  runbook: Runbook,
  time: MessageTime & { readonly now: number },
): string {
  const { declared, severity, handedOver } = state;
  // This copy does not know what happened after the handover.
  const clock = mitigationClock(state, handedOver?.at ?? time.now);
  const over = clock.remainingMs !== null && clock.remainingMs < 0;
  const standsAt = over ? ' missed' : clock.met === true ? ' met' : '';
  const target = clock.remainingMs === null ? '' : `, target ${clock.targetText}${standsAt}`;
  const contained =
    clock.contained === null
      ? ''
      : `, contained after ${durationText(clock.contained.elapsedMs)} (${time.clock(clock.contained.at)})`;
  const elapsed =
    clock.endedAt === null
      ? `${durationText(clock.elapsedMs)} since it was detected (${time.clock(declared.detectedAt)})`
      : `effective after ${durationText(clock.elapsedMs)} (${time.clock(clock.endedAt)})`;
  const lines = [
    `${[severity, declared.service].join(' ').trim()}: ${declared.title}`,
    ...(handedOver === null ? [] : [handedOverLine(handedOver, time)]),
    `${handedOver === null ? '' : 'Until then: '}${standing(state)}, ${elapsed}${contained}${target}`,
    place(state, runbook),
    ...(state.maintenance?.on === true ? ['Maintenance mode is on: users are locked out.'] : []),
    ...(handedOver === null ? [`Next: ${nextAction(state, runbook).label}`] : []),
  ];
  return marked(lines.filter((line) => line !== '').join('\n'), state);
}

const handedOverLine = ({ to, by, at }: NonNullable<IncidentState['handedOver']>, time: MessageTime): string =>
  `Handed over to ${to || 'another machine'} by ${by} at ${time.clock(at)}: it continues there, and this copy is read-only`;

function standing(state: IncidentState): string {
  if (state.resolvedAt !== null) return 'Resolved';
  if (state.effectiveAt !== null) return state.watch?.completed === true ? 'Stable' : 'Rolled back, being watched';
  if (state.proofMetAt !== null) return 'Rolled back, symptom not confirmed gone yet';
  return state.startedAt === null ? 'Investigating' : 'Rolling back';
}

function place(state: IncidentState, runbook: Runbook): string {
  const procedure = procedureOf(state, runbook);
  if (procedure === null) return 'No procedure chosen yet';
  const ended = procedure.steps.filter(({ id }) => stepState(state, id).outcome !== null).length;
  const version = versionText(state);
  return `${procedure.title}, ${ended} of ${count(procedure.steps.length, 'step')}${version === null ? '' : `, to ${version}`}`;
}

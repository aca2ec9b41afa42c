/** The symptom, the watch after a rollback, and readings taken beside a deploy. */
import { releaseName } from '#shared/platforms/release-name.ts';
import { count } from '../../words/count.ts';
import type { Sample } from './watch-events.ts';
import type { PayloadOf } from '../event.ts';
import { type IncidentState, type WatchState, ownChanges } from '../state.ts';
import { machinesSeen, servicesDown } from '../service-down.ts';
import { because } from '../timeline-words.ts';
import { effective, withAfter } from './state-changes.ts';
import { type Topic, always, bad, never, plain } from './topic.ts';
import { List } from 'immutable';

export const WATCH: Topic<
  | 'symptom.gone'
  | 'watch.started'
  | 'watch.reading'
  | 'release.foreign'
  | 'watch.ended'
  | 'regression.found'
  | 'probe.sampled'
  | 'checkpoint.asked'
  | 'checkpoint.answered'
  | 'rollout.seen'
  | 'post-condition.seen'
  | 'changes.read'
> = {
  'symptom.gone': {
    apply: (state, { at, payload }) => {
      const gone = { ...state, symptomGone: { at, observed: payload.observed } };
      // Without any post-condition (or with a fix forward) the person's confirmation alone makes it effective.
      const alone = payload.unproven === true || state.fixForward !== null;
      return alone ? { ...gone, effectiveAt: state.effectiveAt ?? at } : effective(gone, at);
    },
    source: 'person',
    starred: always,
    tone: plain,
    text: (p) =>
      `The symptom is gone${because(p.observed)}${p.unproven === true ? " (no step of the procedure has a post-condition: this is a person's word)" : ''}`,
  },
  'watch.started': {
    apply: (state, { at, payload }) => ({
      ...state,
      watch: {
        ...payload,
        startedAt: at,
        endedAt: null,
        completed: false,
        probes: 0,
        bad: 0,
        foreign: null,
        last: null,
      },
    }),
    source: 'app',
    starred: always,
    tone: plain,
    text: (p) => `Watch of ${count(p.minutes, 'minute')} started`,
  },
  'watch.reading': {
    apply: watchReading,
    source: 'app',
    starred: never,
    tone: (p) => (p.healthy ? 'plain' : 'bad'),
    text: (p) =>
      `Watch${p.service === undefined ? '' : ` of ${p.service}`}: ${p.healthy ? 'healthy' : 'unhealthy'}${because(p.detail)} (${p.ms} ms)`,
    keepsIntentsValid: true,
  },
  'release.foreign': {
    apply: (state, { payload }) => {
      if (state.watch === null) return state;
      const { service = '', version } = payload;
      const foreignOf = { ...state.watch.foreignOf, [service]: { version, ownChanges: ownChanges(state) } };
      return { ...state, watch: { ...state.watch, foreign: payload, foreignOf } };
    },
    source: 'app',
    starred: always,
    tone: bad,
    text: (p) =>
      `${releaseName(p)}${p.service === undefined ? '' : ` of ${p.service}`} appeared during the watch and is not ours: ${p.description} by ${p.user}`,
  },
  'watch.ended': {
    apply: (state, { at, payload }) =>
      state.watch === null ? state : { ...state, watch: { ...state.watch, endedAt: at, completed: payload.completed } },
    source: 'app',
    starred: always,
    tone: (p) => (p.completed ? 'plain' : 'attention'),
    text: (p) => `Watch ${p.completed ? 'completed' : 'ended early'}${because(p.reason)}`,
    report: { deviates: (p) => !p.completed },
  },
  'regression.found': {
    apply: (state) => ({
      ...state,
      proofMetAt: null,
      symptomGone: null,
      effectiveAt: null,
      // Users are reached again, and so is the harm.
      contained: servicesDown(state).length > 0 ? state.contained : null,
    }),
    source: 'app',
    starred: always,
    tone: bad,
    text: (p) => `Regression, the mitigation clock runs again${because(p.detail)}`,
  },
  'probe.sampled': {
    apply: (state, { payload }) => {
      const { purpose, target, samples } = payload;
      const { watched, symptom } = state.after;
      if (purpose === 'symptom') return withAfter(state, { symptom: symptom.push(...samples) });
      const next = withAfter(state, {
        watched: { ...watched, [target]: (watched[target] ?? List()).push(...samples) },
      });
      return { ...next, watch: watchSampled(state.watch, payload) };
    },
    source: 'app',
    starred: never,
    // Bad answers are in `watch.reading` events.
    tone: () => 'plain',
    text: (p) => `${p.purpose === 'watch' ? 'Watch' : 'Symptom'} probed, ${p.target}: ${samplesText(p.samples)}`,
    keepsIntentsValid: true,
  },
  'checkpoint.asked': {
    apply: (state, { payload: { minute } }) => {
      if (state.watch === null) return state;
      const unanswered = [...(state.watch.unanswered ?? []), minute];
      return { ...state, watch: { ...state.watch, asking: minute, asked: minute, unanswered } };
    },
    source: 'app',
    starred: never,
    tone: () => 'attention',
    text: (p) => `Checkpoint: ${count(p.minute, 'minute')} of the watch are over, a person is asked`,
  },
  'checkpoint.answered': {
    apply: (state, { payload: { minute } }) => {
      if (state.watch === null) return state;
      const unanswered = (state.watch.unanswered ?? []).filter((each) => each !== minute);
      return { ...state, watch: { ...state.watch, asking: null, unanswered } };
    },
    source: 'person',
    starred: always,
    tone: (p) => (p.well ? 'plain' : 'bad'),
    text: (p) =>
      `Checkpoint after ${count(p.minute, 'minute')}: ${p.well ? 'all well' : 'not well'}${because(p.observed)}`,
  },
  'rollout.seen': {
    apply: (state, { at, payload }) =>
      machinesSeen(withAfter(state, { rollouts: { ...state.after.rollouts, [payload.service]: { ...payload, at } } }), {
        ...payload,
        at,
      }),
    source: 'app',
    starred: never,
    tone: () => 'plain',
    text: (p) =>
      `Machines of ${p.service}: ${p.machines.filter(({ onTarget }) => onTarget === true).length} of ` +
      `${p.machines.length} on the target image, ${p.machines.filter(({ state }) => state === 'started').length} started`,
    keepsIntentsValid: true,
  },
  'post-condition.seen': {
    apply: (state, { at, payload }) => withAfter(state, { look: { ...payload, at } }),
    source: 'app',
    starred: never,
    tone: () => 'plain',
    text: (p) => `Checked during the slow change: ${lookText(p)}`,
    keepsIntentsValid: true,
  },
  'changes.read': {
    apply: (state, { payload }) =>
      withAfter(state, { changes: { ...state.after.changes, [payload.service]: payload } }),
    source: 'app',
    starred: (p) => (p.migrations?.length ?? 0) > 0,
    tone: (p) => (p.migrations === null ? 'attention' : p.migrations.length > 0 ? 'bad' : 'plain'),
    text: (p) =>
      `Between ${releaseName({ version: p.to, label: p.toLabel })} and ${p.fromLabel ?? (p.from === null ? 'what runs' : releaseName({ version: p.from }))} of ${p.service}: ` +
      `${p.commits === null ? 'commits unknown' : count(p.commits.length, 'commit')} (${p.commitsNote}); ` +
      `${p.migrations === null ? 'migrations unknown' : count(p.migrations.length, 'migration')} (${p.migrationsNote})`,
    keepsIntentsValid: true,
  },
};

function samplesText(samples: readonly Sample[]): string {
  const bad = samples.filter(({ ok }) => !ok);
  const slowest = Math.max(0, ...samples.map(({ ms }) => ms));
  const last = bad.at(-1);
  return `${count(samples.length, 'probe')}, ${bad.length} bad, slowest ${slowest} ms${last === undefined ? '' : because(last.detail)}`;
}

/** The details of the rules that are not met, or that the post-condition is met. */
export const lookText = ({ met, looks }: PayloadOf<'post-condition.seen'>): string =>
  met
    ? 'the post-condition is met'
    : `not met yet. ${looks
        .filter((look) => !look.met)
        .map(({ detail }) => detail)
        .join(' ')}`;

function watchReading(
  state: IncidentState,
  { at, payload }: { readonly at: number; readonly payload: PayloadOf<'watch.reading'> },
): IncidentState {
  const { watch } = state;
  if (watch === null) return state;
  const { probes, bad, healthy, detail, service } = payload;
  const last = { at, healthy, detail };
  // Older incidents have no samples, so the reading's own counts are used.
  const counts = watch.counted === undefined ? { probes, bad } : {};
  if (service === undefined) return { ...state, watch: { ...watch, ...counts, last } };
  const services = { ...watch.services, [service]: last };
  const failing = Object.values(services).find((each) => !each.healthy);
  return { ...state, watch: { ...watch, ...counts, services, last: failing ?? last } };
}

/** Adds one service's probes to the watch. Their times do not matter, because the clock may be set back meanwhile. */
function watchSampled(watch: WatchState | null, { target, samples }: PayloadOf<'probe.sampled'>): WatchState | null {
  if (watch === null) return null;
  const bad = samples.filter(({ ok }) => !ok).length;
  const was = watch.counted?.[target] ?? NOTHING_COUNTED;
  const counted = { ...watch.counted, [target]: { probes: was.probes + samples.length, bad: was.bad + bad } };
  const each = Object.values(counted);
  return {
    ...watch,
    counted,
    probes: each.reduce((sum, one) => sum + one.probes, 0),
    bad: each.reduce((sum, one) => sum + one.bad, 0),
  };
}

export const NOTHING_COUNTED = { probes: 0, bad: 0 } as const;

/** What the timeline says about the events around and after a rollback; rows of timeline-rows.ts. */
import { count } from '../words/count.ts';
import type { AFTER_SCHEMAS, Sample } from './after-events.ts';
import type { PayloadOf } from './event.ts';
import { followUpTitle } from './follow-ups.ts';
import { always, never, type Row } from './timeline-row.ts';
import { because } from './timeline-words.ts';

type Rows = { readonly [K in keyof typeof AFTER_SCHEMAS]: Row<K> };

export const AFTER_ROWS: Rows = {
  'probe.sampled': {
    source: 'app',
    starred: never,
    // Bad answers of the watch have readings of their own.
    tone: () => 'plain',
    text: (p) => `${p.purpose === 'watch' ? 'Watch' : 'Symptom'} probed, ${p.target}: ${samplesText(p.samples)}`,
  },
  'checkpoint.asked': {
    source: 'app',
    starred: never,
    tone: () => 'attention',
    text: (p) => `Checkpoint: ${count(p.minute, 'minute')} of the watch are over, a person is asked`,
  },
  'checkpoint.answered': {
    source: 'person',
    starred: always,
    tone: (p) => (p.well ? 'plain' : 'bad'),
    text: (p) =>
      `Checkpoint after ${count(p.minute, 'minute')}: ${p.well ? 'all well' : 'not well'}${because(p.observed)}`,
  },
  'rollout.seen': {
    source: 'app',
    starred: never,
    tone: () => 'plain',
    text: (p) =>
      `Machines of ${p.service}: ${p.machines.filter(({ onTarget }) => onTarget === true).length} of ` +
      `${p.machines.length} on the target image, ${p.machines.filter(({ state }) => state === 'started').length} started`,
  },
  'post-condition.seen': {
    source: 'app',
    starred: never,
    tone: () => 'plain',
    text: (p) => `Looked at beside the slow change: ${lookText(p)}`,
  },
  'changes.read': {
    source: 'app',
    starred: (p) => (p.migrations?.length ?? 0) > 0,
    tone: (p) => (p.migrations === null ? 'attention' : p.migrations.length > 0 ? 'bad' : 'plain'),
    text: (p) =>
      `Between v${p.to} and ${p.from === null ? 'what runs' : `v${p.from}`} of ${p.service}: ` +
      `${p.commits === null ? 'commits unknown' : count(p.commits.length, 'commit')} (${p.commitsNote}); ` +
      `${p.migrations === null ? 'migrations unknown' : count(p.migrations.length, 'migration')} (${p.migrationsNote})`,
  },
  'follow-up.settled': {
    source: 'person',
    starred: never,
    tone: (p) => (p.how === 'waived' ? 'attention' : 'plain'),
    text: (p, { runbook }) => `Follow-up "${followUpTitle(runbook, p.itemId)}" ${p.how}${because(p.reason)}`,
  },
};

function samplesText(samples: readonly Sample[]): string {
  const bad = samples.filter(({ ok }) => !ok);
  const slowest = Math.max(0, ...samples.map(({ ms }) => ms));
  const last = bad.at(-1);
  return `${count(samples.length, 'probe')}, ${bad.length} bad, slowest ${slowest} ms${last === undefined ? '' : because(last.detail)}`;
}

/** What the looks say that are not as they have to be, or that all are. */
export const lookText = ({ met, looks }: PayloadOf<'post-condition.seen'>): string =>
  met
    ? 'the post-condition is met'
    : `not met yet. ${looks
        .filter((look) => !look.met)
        .map(({ detail }) => detail)
        .join(' ')}`;

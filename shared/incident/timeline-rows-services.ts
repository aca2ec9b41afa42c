/** The timeline's sentences about services that are rolled back together, about maintenance mode and the fast stop. */
import { count } from '../words/count.ts';
import type { EventKind } from './event.ts';
import { OUTCOME_MEANING } from './outcome.ts';
import { always, attention, never, type Row } from './timeline-row.ts';
import { because, versionsText } from './timeline-words.ts';

type Kind = Extract<EventKind, `service.${string}` | `maintenance.${string}` | `machines.${string}`>;

export const SERVICE_ROWS: { readonly [K in Kind]: Row<K> } = {
  'service.releases-read': {
    source: 'app',
    starred: never,
    tone: (p) => (p.proposed === null ? 'attention' : 'plain'),
    text: (p) =>
      `${count(p.releases.length, 'release')} of ${p.service} read, ${versionsText(p.running)} running: ` +
      (p.proposed === null ? 'none is proposed' : `v${p.proposed} is proposed`),
  },
  'service.release-chosen': {
    source: 'person',
    starred: always,
    tone: (p) => (p.proposed ? 'plain' : 'attention'),
    text: (p) =>
      `v${p.version} chosen for ${p.service} to go back to from ${versionsText([p.from])}` +
      `${p.proposed ? ' (as proposed)' : ' (not the proposed one)'}${p.immediate ? ', all machines at once' : ''}`,
  },
  'service.left-out': {
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) => `${p.service} left as it is${because(p.reason)}`,
  },
  'service.ended': {
    source: 'app',
    starred: always,
    tone: (p) =>
      p.outcome === 'verified' ? 'good' : OUTCOME_MEANING[p.outcome].provenance === 'bad' ? 'bad' : 'attention',
    text: (p) => `Rollback of ${p.service} from ${versionsText(p.before)} ${p.outcome}${because(p.reason)}`,
  },
  'machines.stopping': {
    source: 'app',
    starred: always,
    tone: attention,
    text: (p) =>
      `About to stop all machines of ${p.service}: ${p.running.length} of ${p.machines.length} run (${p.running.join(', ')})`,
  },
  'machines.checked': {
    source: 'app',
    starred: always,
    tone: (p) => (p.met ? 'good' : 'bad'),
    text: (p) => {
      const unmet = p.findings.filter(({ met }) => !met).map(({ detail }) => detail);
      return `${p.what === 'stop' ? 'Stop' : 'Start'} of all machines of ${p.service} ${p.met ? 'proven' : 'not proven'}${because(unmet.join(' '))}`;
    },
  },
  'maintenance.checked': {
    source: 'app',
    starred: always,
    tone: (p) => (p.met === null ? 'attention' : p.met ? 'good' : 'bad'),
    text: (p) => `Maintenance mode ${p.mode} ${p.met === true ? 'proven' : 'not proven'}${because(p.detail)}`,
  },
};

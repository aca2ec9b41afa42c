/** Releases: listed, chosen, changed after the choice; and the same for each of several services. */
import { nameIn, releaseName } from '#shared/platforms/release-name.ts';
import { count } from '../../words/count.ts';
import { OUTCOME_MEANING } from '../step-outcomes.ts';
import { NO_STEP } from '../state.ts';
import { withService } from '../services.ts';
import { because, versionsText } from '../timeline-words.ts';
import { deviate, withStep } from './state-changes.ts';
import { type Topic, always, attention, bad, never, plain } from './topic.ts';

export const RELEASES: Topic<
  | 'releases.read'
  | 'release.chosen'
  | 'releases.changed'
  | 'release.running-read'
  | 'service.releases-read'
  | 'service.release-chosen'
  | 'service.left-out'
  | 'service.ended'
> = {
  'releases.read': {
    apply: (state, { payload }) => ({ ...state, releases: payload }),
    source: 'app',
    starred: never,
    tone: (p) => (p.proposed === null ? 'attention' : 'plain'),
    text: (p, { state }) =>
      `${count(p.releases.length, 'release')} of ${state.declared.service} read, ${versionsText(p.running)} running: ` +
      (p.proposed === null ? 'none is proposed' : `${nameIn(p.releases, p.proposed)} is proposed`),
  },
  'release.chosen': {
    apply: (state, { payload }) => ({ ...state, choice: payload }),
    source: 'person',
    starred: always,
    tone: (p) => (p.proposed ? 'plain' : 'attention'),
    text: (p) =>
      `${releaseName(p)} chosen to roll back to from ${versionsText([p.from])}` +
      `${p.proposed ? ' (as proposed)' : ' (not the proposed one)'}${p.immediate ? ', all machines at once' : ''}`,
    report: { deviates: (p) => !p.proposed },
  },
  'releases.changed': {
    apply: (state, { payload }) => withStep({ ...state, choice: null, releases: null }, payload.stepId, NO_STEP),
    source: 'app',
    starred: always,
    tone: bad,
    text: (p) =>
      `The list of releases changed after the choice${p.newest === null ? '' : `, newest is now ${releaseName({ version: p.newest, label: p.newestLabel })}`}: nothing was started`,
  },
  'release.running-read': {
    apply: (state, { payload }) => withStep(state, payload.stepId, { ranBefore: payload }),
    source: 'app',
    starred: never,
    tone: plain,
    text: (p) => `${versionsText(p.running)} of ${p.service} runs before the change`,
  },
  'service.releases-read': {
    apply: (state, { payload }) => withService(state, payload.service, { releases: payload }),
    source: 'app',
    starred: never,
    tone: (p) => (p.proposed === null ? 'attention' : 'plain'),
    text: (p) =>
      `${count(p.releases.length, 'release')} of ${p.service} read, ${versionsText(p.running)} running: ` +
      (p.proposed === null ? 'none is proposed' : `${nameIn(p.releases, p.proposed)} is proposed`),
  },
  'service.release-chosen': {
    apply: (state, { payload }) => withService(state, payload.service, { choice: payload, leftOut: null, ended: null }),
    source: 'person',
    starred: always,
    tone: (p) => (p.proposed ? 'plain' : 'attention'),
    text: (p) =>
      `${releaseName(p)} chosen for ${p.service} to roll back to from ${versionsText([p.from])}` +
      `${p.proposed ? ' (as proposed)' : ' (not the proposed one)'}${p.immediate ? ', all machines at once' : ''}`,
    report: { deviates: (p) => !p.proposed },
  },
  'service.left-out': {
    apply: (state, { at, payload }) =>
      deviate(
        withService(state, payload.service, { choice: null, leftOut: payload.reason }),
        at,
        `Left ${payload.service} as it is: ${payload.reason}`,
      ),
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) => `${p.service} left as it is${because(p.reason)}`,
    report: { deviates: always },
  },
  'service.ended': {
    apply: (state, { at, payload }) => withService(state, payload.service, { ended: { ...payload, at } }),
    source: 'app',
    starred: always,
    tone: (p) =>
      p.outcome === 'verified' ? 'good' : OUTCOME_MEANING[p.outcome].provenance === 'bad' ? 'bad' : 'attention',
    text: (p) => `Rollback of ${p.service} from ${versionsText(p.before)} ${p.outcome}${because(p.reason)}`,
  },
};

/** What the timeline says about each kind of event: one row, one kind. Sentences are plain text in the field's words. */
import { obligationWords, toldBy } from './obligation-words.ts';
import { count } from '../words/count.ts';
import { AFTER_ROWS } from './after-rows.ts';
import { BRANCH_ROWS } from './branch-rows.ts';
import { ACTION_ITEM_ROWS } from './action-items.ts';
import { DATABASE_ROWS } from './database-rows.ts';
import { DECLARE_ROWS } from './declare-rows.ts';
import { durationText } from './duration.ts';
import type { EventKind } from './event.ts';
import { HANDOVER_ROWS } from './handover.ts';
import { PURGE_ROWS } from './purge.ts';
import { OUTCOME_MEANING, type Outcome } from './outcome.ts';
import { REFERENCE_ROWS } from './reference-rows.ts';
import { always, attention, bad, never, plain, type Row } from './timeline-row.ts';
import { MESSAGE_ROWS } from './timeline-rows-messages.ts';
import { SERVICE_ROWS } from './timeline-rows-services.ts';
import {
  because,
  changes,
  checkText,
  commandOf,
  exitText,
  procedureTitle,
  processText,
  provenText,
  succeeded,
  titleOf,
  versionsText,
} from './timeline-words.ts';

type Rows = { readonly [K in EventKind]: Row<K> };

const ASKED = { reads: 'Read-only commands', change: 'The change', proof: 'The post-condition' } as const;

/** Ended by what a person said or decided, not by what Rollbook saw. */
const PERSONS_OUTCOMES: readonly Outcome[] = ['confirmed', 'skipped', 'deferred', 'stopped'];

export const ROWS: Rows = {
  ...SERVICE_ROWS,
  ...MESSAGE_ROWS,
  ...BRANCH_ROWS,
  'incident.declared': {
    source: 'person',
    starred: always,
    tone: plain,
    text: (p) =>
      `${p.kind === 'drill' ? 'Drill' : 'Incident'} declared as ${p.severity} for ${p.service}${because(p.row?.condition ?? p.symptom)}`,
  },
  'severity.changed': {
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) => `Severity changed from ${p.from} to ${p.to}${because(p.reason)}`,
  },
  'procedure.chosen': {
    source: 'person',
    starred: always,
    tone: plain,
    text: (p, context) =>
      `Procedure chosen: ${procedureTitle(p.procedureId, context)}${p.reason ? ` (${p.reason})` : ''}`,
  },
  'approval.recorded': {
    source: 'person',
    starred: always,
    tone: plain,
    text: (p) => `Approved by ${p.who} (${p.role}, ${p.how})${because(p.words)}`,
  },
  'approval.bypassed': {
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) => `Went on without approval${because(p.reason)}`,
  },
  'debt.paid': {
    source: 'person',
    starred: always,
    tone: plain,
    text: (p) => `${p.who} was told ${obligationWords(p.debt)}${toldBy(p.how)}`,
  },
  'releases.read': {
    source: 'app',
    starred: never,
    tone: (p) => (p.proposed === null ? 'attention' : 'plain'),
    text: (p, { state }) =>
      `${count(p.releases.length, 'release')} of ${state.declared.service} read, ${versionsText(p.running)} running: ` +
      (p.proposed === null ? 'none is proposed' : `v${p.proposed} is proposed`),
  },
  'release.chosen': {
    source: 'person',
    starred: always,
    tone: (p) => (p.proposed ? 'plain' : 'attention'),
    text: (p) =>
      `v${p.version} chosen to go back to from ${versionsText([p.from])}` +
      `${p.proposed ? ' (as proposed)' : ' (not the proposed one)'}${p.immediate ? ', all machines at once' : ''}`,
  },
  'releases.changed': {
    source: 'app',
    starred: always,
    tone: bad,
    text: (p) =>
      `The list of releases changed after the pick${p.newest === null ? '' : `, newest is now v${p.newest}`}: nothing was started`,
  },
  'act.asked': {
    source: 'person',
    starred: never,
    tone: plain,
    text: (p, context) => `${ASKED[p.what]} of "${titleOf(p.stepId, context)}" asked for`,
  },
  'act.ended': {
    source: 'app',
    starred: (p) => p.problem !== null,
    tone: (p) => (p.problem === null ? 'plain' : 'bad'),
    text: ({ stepId, problem }, context) => {
      if (problem === null) return `What was asked for in "${titleOf(stepId, context)}" ran its course`;
      // Such a message says itself what was interrupted.
      if (problem.code === 'interrupted') return problem.message;
      return `"${titleOf(stepId, context)}" could not be done: ${problem.message}`;
    },
  },
  'run.intended': { source: 'app', starred: never, tone: plain, text: (p) => `About to run ${p.shown}` },
  'run.started': {
    source: 'app',
    starred: (p, context) => changes(p.runId, context),
    tone: plain,
    text: (p, context) => `Started ${commandOf(p.runId, context)} (${processText(p.pid, context)})`,
  },
  'run.stop-asked': {
    source: 'person',
    starred: always,
    tone: attention,
    text: (p, context) => `${p.how === 'kill' ? 'Kill' : 'Interrupt'} asked for ${commandOf(p.runId, context)}`,
  },
  'run.ended': {
    source: 'app',
    starred: (p, context) => changes(p.runId, context),
    // Exit code 0 proves nothing: only a met post-condition is good.
    tone: (p) => (succeeded(p.exit) ? 'plain' : 'bad'),
    text: (p, context) =>
      `${commandOf(p.runId, context)} ${p.exit.kind === 'lost' ? '' : `ended after ${durationText(p.durationMs)}, `}${exitText(p.exit)}` +
      because(p.explanation?.sentence ?? ''),
  },
  'run.by-hand': {
    source: 'person',
    starred: (p) => p.effect === 'change',
    tone: (p) => (p.exitCode === 0 ? 'attention' : 'bad'),
    text: (p) => `Run by hand: ${p.shown}, exit code ${p.exitCode} as reported`,
  },
  'command.copied': {
    source: 'person',
    starred: never,
    tone: plain,
    text: (p, context) => `Command of "${titleOf(p.stepId, context)}" copied`,
  },
  'proof.evaluated': { source: 'app', starred: always, tone: (p) => (p.met ? 'good' : 'bad'), text: provenText },
  'step.ended': {
    source: (p) => (PERSONS_OUTCOMES.includes(p.outcome) ? 'person' : 'app'),
    starred: (p) => p.outcome === 'skipped' || ['open', 'bad'].includes(OUTCOME_MEANING[p.outcome].provenance),
    tone: (p) => {
      if (p.outcome === 'verified') return 'good';
      const { provenance } = OUTCOME_MEANING[p.outcome];
      if (provenance === 'bad') return 'bad';
      return provenance === 'open' || p.outcome === 'skipped' ? 'attention' : 'plain';
    },
    text: (p, context) =>
      `Step "${titleOf(p.stepId, context)}" ${p.outcome}${because(p.reason)}${p.observed ? `, observed: ${p.observed}` : ''}`,
  },
  'step.reopened': {
    source: 'person',
    starred: always,
    tone: attention,
    text: (p, context) => `Step "${titleOf(p.stepId, context)}" taken up again${because(p.reason)}`,
  },
  'check.ticked': {
    source: 'person',
    starred: never,
    tone: (p) => (!p.ticked && p.observed ? 'attention' : 'plain'),
    text: (p, context) =>
      `${p.ticked ? 'Checked' : p.observed ? 'Answered no' : 'Unchecked'}: ${checkText(p.stepId, p.checkId, context)}${p.observed ? `, observed: ${p.observed}` : ''}`,
  },
  'evidence.captured': {
    source: 'app',
    starred: never,
    tone: (p) => (p.partial ? 'attention' : 'plain'),
    text: (p) => `Evidence kept: ${p.title}${p.partial ? ', partial' : ''}${because(p.why)}`,
  },
  'evidence.missing': {
    source: 'app',
    starred: never,
    tone: attention,
    text: (p) => `Evidence not to be had: ${p.title}${because(p.why)}`,
  },
  'symptom.gone': {
    source: 'person',
    starred: always,
    tone: plain,
    text: (p) => `The symptom is gone${because(p.observed)}`,
  },
  'watch.started': {
    source: 'app',
    starred: always,
    tone: plain,
    text: (p) => `Watch of ${count(p.minutes, 'minute')} started`,
  },
  'watch.reading': {
    source: 'app',
    starred: never,
    tone: (p) => (p.healthy ? 'plain' : 'bad'),
    text: (p) =>
      `Watch${p.service === undefined ? '' : ` of ${p.service}`}: ${p.healthy ? 'healthy' : 'unhealthy'}${because(p.detail)} (${p.ms} ms)`,
  },
  'release.foreign': {
    source: 'app',
    starred: always,
    tone: bad,
    text: (p) =>
      `v${p.version}${p.service === undefined ? '' : ` of ${p.service}`} appeared during the watch and is not ours: ${p.description} by ${p.user}`,
  },
  'watch.ended': {
    source: 'app',
    starred: always,
    tone: (p) => (p.completed ? 'plain' : 'attention'),
    text: (p) => `Watch ${p.completed ? 'completed' : 'ended before its time'}${because(p.reason)}`,
  },
  'regression.found': {
    source: 'app',
    starred: always,
    tone: bad,
    text: (p) => `Regression, mitigation runs again${because(p.detail)}`,
  },
  'deferred.settled': {
    source: 'person',
    starred: never,
    tone: plain,
    text: (p, context) => `Deferred item "${titleOf(p.what, context)}" ${p.how}${because(p.reason)}`,
  },
  'note.added': { source: 'person', starred: (p) => p.starred, tone: plain, text: (p) => p.text },
  'entry.starred': {
    source: 'person',
    starred: never,
    tone: plain,
    text: (p) => `Entry ${p.seq} ${p.starred ? 'put into' : 'taken out of'} the short timeline`,
  },
  'report.edited': { source: 'person', starred: never, tone: plain, text: (p) => `Report field "${p.field}" written` },
  'report.exported': { source: 'app', starred: never, tone: plain, text: (p) => `Report exported to ${p.path}` },
  'clock.jumped': {
    source: 'app',
    starred: never,
    tone: attention,
    text: (p) =>
      p.cause === 'sleep'
        ? `The machine slept for ${durationText(p.byMs)}`
        : `The machine's clock was set by ${durationText(p.byMs)}`,
  },
  'lease.taken': {
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) => `Taken over from another window${because(p.reason)}`,
  },
  'runbook.switched': {
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) => `Runbook changed to "${p.title}" (${p.hash.slice(0, 12)})`,
  },
  ...DATABASE_ROWS,
  ...AFTER_ROWS,
  ...DECLARE_ROWS,
  ...HANDOVER_ROWS,
  ...PURGE_ROWS,
  ...ACTION_ITEM_ROWS,
  ...REFERENCE_ROWS,
  'incident.resolved': { source: 'person', starred: always, tone: plain, text: (p) => `Resolved${because(p.summary)}` },
  'incident.closed': { source: 'person', starred: always, tone: plain, text: (p) => `Closed${because(p.summary)}` },
};

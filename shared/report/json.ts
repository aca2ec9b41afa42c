/**
 * The report as JSON: the same facts as the Markdown. Moments are UTC ISO 8601, durations are milliseconds, unanswered
 * fields are null. Within version 1 fields are only added.
 */
import { titleOf } from '#shared/incident/timeline-words.ts';
import type { Sample } from '#shared/incident/topics/watch-events.ts';
import type { ImageFact } from '#shared/incident/topics/event-parts.ts';
import { probedAddress, probeNumbers, symptomNumbers } from '#shared/incident/symptom-probe.ts';
import { stepState } from '#shared/incident/state.ts';
import { incidentOutcome, stepSummaries } from '#shared/incident/incident-outcome.ts';
import { actionsOf } from './actions.ts';
import { handOffs, respondersOf, toldOf } from './communications.ts';
import { defectDiff } from './defects.ts';
import { deviatingSeqs } from './deviations.ts';
import { redactionsOf, toolsOf } from './environment.ts';
import { evidencePath } from './evidence.ts';
import { REPORT_FIELDS } from './fields.ts';
import { reportStatus } from './front-matter.ts';
import { titleText } from './head.ts';
import { written } from './answers.ts';
import { decisionOf } from './json-decision.ts';
import { moment } from './times.ts';
import { outcomeOfRun, runsOf, undoCommands } from './runs.ts';
import { eventsOf, type ReportSource, unreadOf } from './source.ts';
import { milestones } from './targets.ts';
import { sourceText } from './timeline-tables.ts';

const JSON_REPORT_VERSION = 1;

export type JsonReport = ReturnType<typeof jsonReport>;

export function jsonReport(source: ReportSource) {
  const { state, clock, stored, local } = source;
  const { declared } = state;
  return {
    format: 'rollbook-report',
    version: JSON_REPORT_VERSION,
    generator: `Rollbook ${stored.appVersion}`,
    incident: {
      id: source.incidentId,
      title: titleText(source),
      kind: declared.kind,
      adapter: declared.adapter,
      drill: declared.drill && { scenario: declared.drill.scenario, speed: declared.drill.speed },
      status: state.closedAt !== null ? 'closed' : state.resolvedAt !== null ? 'resolved' : 'open',
      outcome: incidentOutcome(state, source.runbook),
      service: declared.service,
      symptom: declared.symptom,
      severity: state.severity,
      severityChanges: eventsOf(source, 'severity.changed').map(({ at, actor, payload }) => ({
        at: moment(at),
        by: actor,
        ...payload,
      })),
      detected: moment(clock.startedAt),
      /** A person entered an earlier time than that of declaring. */
      detectedManually: clock.startedAt !== state.declaredAt,
      declared: moment(state.declaredAt),
      effective: moment(clock.endedAt),
      resolved: moment(state.resolvedAt),
      closed: moment(state.closedAt),
      timeZone: local.timeZone,
      detectedLocal: local.format(clock.startedAt),
    },
    report: {
      status: reportStatus(source),
      answers: Object.fromEntries(REPORT_FIELDS.map(({ id }) => [id, written(source, id) || null])),
    },
    mitigation: {
      target: clock.targetText,
      targetMs: clock.targetMs,
      elapsedMs: clock.endedAt === null ? null : clock.elapsedMs,
      containedMs: clock.contained?.elapsedMs ?? null,
      targetCountsTo: clock.countsTo,
      met: clock.met,
      milestones: milestones(source).map(({ name, at, target, met }) => ({
        name,
        at: moment(at),
        afterDetectionMs: at === null ? null : at - clock.startedAt,
        target: target ?? null,
        met: met ?? null,
      })),
    },
    decision: decisionOf(source),
    timeline: source.entries.map((entry) => ({
      seq: entry.seq,
      recorded: moment(entry.at),
      /** Set when a person entered an earlier time. */
      happened: moment(entry.occurredAt),
      elapsedMs: entry.elapsedMs,
      actor: entry.actor,
      event: entry.text,
      source: sourceText(source, entry),
      kind: entry.kind,
      starred: entry.starred,
    })),
    purged: stored.purged,
    /** The first break in the timeline's hash chain; null when it verifies. */
    notVerified: stored.problem && { seq: stored.problem.seq, what: stored.problem.what },
    /** Stored events that could not be read, one sentence each. */
    unread: unreadOf(source),
    runs: runsOf(source).map((run, index) => ({
      no: index + 1,
      runId: run.runId,
      step: titleOf(run.stepId, source.context),
      command: run.shown,
      effect: run.effect,
      /** The outcome of its step after this run. */
      outcome: outcomeOfRun(source, run),
      byHand: run.byHand,
      started: moment(run.startedAt ?? run.intendedAt),
      durationMs: run.durationMs,
      exit: run.exit,
      explanation: run.explanation,
      excerpt: run.excerpt,
      output: run.output && { file: evidencePath(run.runId), ...run.output },
    })),
    versions: versionsOf(source),
    undo: undoCommands(source),
    database: state.database.identified === null ? null : databaseOf(source),
    symptomProbe: symptomProbeOf(source),
    verification: verificationOf(source),
    communications: {
      told: toldOf(source).map((each) => ({ ...each, at: moment(each.at) })),
      sent: eventsOf(source, 'message.sent').map(({ at, actor, payload }) => ({
        at: moment(at),
        by: actor,
        ...payload,
      })),
      failed: eventsOf(source, 'message.failed').map(({ at, payload }) => ({ at: moment(at), ...payload })),
      escalations: state.escalations.map((each) => ({ ...each, at: moment(each.at) })),
      responders: respondersOf(source),
      handOffs: handOffs(source),
    },
    actionItems: actionsOf(source),
    deviations: deviatingSeqs(source),
    deferred: state.deferred.map((item) => ({
      step: titleOf(item.stepId, source.context),
      reason: item.reason,
      due: moment(item.dueAt),
      settled: item.settled,
    })),
    defects: state.defects.map(({ at, stepId, ...defect }) => ({
      at: moment(at),
      step: titleOf(stepId, source.context),
      ...defect,
    })),
    defectDiff: defectDiff(source),
    evidence: {
      captured: eventsOf(source, 'evidence.captured').map(({ at, payload: { path: _path, evidenceId, ...rest } }) => ({
        at: moment(at),
        file: evidencePath(evidenceId),
        ...rest,
      })),
      missing: eventsOf(source, 'evidence.missing').map(({ at, payload }) => ({ at: moment(at), ...payload })),
    },
    redactions: redactionsOf(source),
    environment: {
      tools: toolsOf(source),
      runbook: { title: declared.runbook.title, sha256: declared.runbook.hash },
      timeline: { events: state.seq, sha256: stored.timelineSha256 },
    },
  };
}

const versionsOf = (source: ReportSource) => [
  ...eventsOf(source, 'proof.evaluated').map(({ at, payload }) => ({
    at: moment(at),
    service: source.state.declared.service,
    step: titleOf(payload.stepId, source.context),
    before: payload.before.map(imageOf),
    after: payload.after.map(imageOf),
    outcome: payload.met ? 'verified' : 'failed',
  })),
  ...eventsOf(source, 'service.ended').map(({ at, payload }) => ({
    at: moment(at),
    service: payload.service,
    step: titleOf(payload.stepId, source.context),
    before: payload.before.map(imageOf),
    after: payload.after.map(imageOf),
    outcome: payload.outcome,
  })),
];

const imageOf = ({ version, image, digest }: ImageFact) => ({ version, image, digest });

function databaseOf({ state }: ReportSource) {
  const { identified, choice, dump, before, confirmed } = state.database;
  const { fingerprint: _read, stepId: _step, ...migration } = choice ?? {};
  return {
    target: identified?.target ?? null,
    confirmed,
    migration: choice === null ? null : { ...migration, at: moment(choice.at) },
    dump: dump && { path: dump.path, bytes: dump.bytes, sha256: dump.sha256, tables: dump.tables },
    rowsBefore: before,
  };
}

/** null without a probe. `samples` has every answer, for a chart; `before` and `after` are their numbers. */
function symptomProbeOf({ state }: ReportSource) {
  const address = probedAddress(state);
  if (address === null) return null;
  return { address, ...symptomNumbers(state), samples: state.after.symptom.toArray().map(sampleOf) };
}

const sampleOf = ({ at, ...sample }: Sample) => ({ at: moment(at), ...sample });

function verificationOf(source: ReportSource) {
  const { state, runbook } = source;
  return {
    steps: stepSummaries(state, runbook).map(({ id, title, outcome }) => {
      const { reason, observed, endedAt } = stepState(state, id);
      return { id, title, outcome, reason, observed, ended: moment(endedAt) };
    }),
    findings: eventsOf(source, 'proof.evaluated').flatMap(({ at, payload }) =>
      payload.findings.map((finding) => ({
        at: moment(at),
        step: titleOf(payload.stepId, source.context),
        ...finding,
      })),
    ),
    maintenance: eventsOf(source, 'maintenance.checked').map(({ at, payload: { mode, met, detail } }) => ({
      at: moment(at),
      mode,
      met,
      detail,
    })),
    machines: eventsOf(source, 'machines.checked').map(({ at, payload: { service, what, met, findings } }) => ({
      at: moment(at),
      service,
      what,
      met,
      findings,
    })),
    checks: eventsOf(source, 'check.ticked').map(({ at, payload }) => ({
      at: moment(at),
      step: titleOf(payload.stepId, source.context),
      ...payload,
    })),
    symptom: state.symptomGone && { at: moment(state.symptomGone.at), observed: state.symptomGone.observed },
    watch: state.watch && {
      minutes: state.watch.minutes,
      started: moment(state.watch.startedAt),
      ended: moment(state.watch.endedAt),
      completed: state.watch.completed,
      probes: state.watch.probes,
      bad: state.watch.bad,
      foreign: state.watch.foreign,
      readings: eventsOf(source, 'watch.reading').map(({ at, payload: { healthy, detail, ms } }) => ({
        at: moment(at),
        healthy,
        detail,
        ms,
      })),
      services: Object.entries(state.after.watched).map(([service, samples]) => ({
        service,
        numbers: probeNumbers(samples.toArray()),
        samples: samples.toArray().map(sampleOf),
      })),
    },
  };
}

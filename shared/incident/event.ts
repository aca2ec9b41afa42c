/**
 * Everything that can happen in an incident. One row here is one kind of event: its name, and the shape of its payload
 * in version 1. Old versions are raised by upcast.ts; windows import the types only.
 */
import { z } from 'zod';
import { AFTER_SCHEMAS } from './topics/watch-events.ts';
import { BRANCH_SCHEMAS } from './topics/branches-events.ts';
import { ACTION_ITEM_SCHEMAS } from './topics/action-item-events.ts';
import { DATABASE_SCHEMAS } from './topics/database-events.ts';
import { DECLARE_SCHEMAS, matrixRow } from './topics/incident-events.ts';
import type { Envelope } from './envelope.ts';
import { exitSchema, rulesSchema } from './exit-fact.ts';
import { HANDOVER_SCHEMAS } from './topics/handover-events.ts';
import { MACHINE_SCHEMAS } from './topics/maintenance-events.ts';
import { OUTCOMES } from './outcome.ts';
import type { Ending } from './contract.ts';
import { PURGE_SCHEMAS } from './topics/purge-events.ts';
import { REFERENCE_SCHEMAS } from './topics/reference-events.ts';

/** Milliseconds since the epoch of the incident's clock. */
const time = z.number();
const severity = z.enum(['P0', 'P1', 'P2', 'P3']);
const text = z.string();
const image = z.object({ version: z.number().nullable(), image: text, digest: text.nullable() });

const release = z.object({
  version: z.number(),
  status: text,
  image: text,
  description: text,
  user: text,
  createdAt: time,
});

const finding = z.object({ rule: text, met: z.boolean(), detail: text });

const releasesRead = {
  stepId: text,
  fingerprint: text,
  releases: z.array(release),
  running: z.array(image),
  /** Process groups with a started machine; the proof wants each of them up again. */
  groups: z.array(text).optional(),
  proposed: z.number().nullable(),
  verdicts: z.array(z.object({ version: z.number(), verdict: z.enum(['proposed', 'possible', 'bad']), why: text })),
};

const releaseChosen = {
  stepId: text,
  version: z.number(),
  image: text,
  from: image,
  proposed: z.boolean(),
  fingerprint: text,
  immediate: z.boolean(),
};

export const EVENT_SCHEMAS = {
  'incident.declared': z.object({
    kind: z.enum(['live', 'drill']),
    adapter: z.enum(['real', 'simulated']),
    title: text,
    severity,
    row: matrixRow.nullable(),
    symptom: text,
    detectedAt: time,
    service: text,
    /** `modelHash`: of the parsed model, which is what runs; not there in an incident from before it was kept. */
    runbook: z.object({ hash: text, title: text, modelVersion: z.number(), modelHash: text.optional() }),
    /** `wallStartAt` and `speed` map drill time to the wall: at = startAt + (wall - wallStartAt) * speed. */
    drill: z.object({ scenario: text, speed: z.number(), startAt: time, wallStartAt: time }).nullable(),
    /** What is asked all the time, so that the symptom is seen to come and go. */
    symptomProbe: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('address'), url: text }),
        z.object({ kind: z.literal('command'), commandId: text }),
      ])
      .optional(),
  }),
  'severity.changed': z.object({ from: severity, to: severity, reason: text }),
  'procedure.chosen': z.object({ procedureId: text, reason: text }),
  'approval.recorded': z.object({ who: text, role: text, how: text, words: text, givenAt: time }),
  /** Rule 7: going on without approval is a deviation and a debt until somebody is told. */
  'approval.bypassed': z.object({ reason: text, typed: text }),
  'debt.paid': z.object({ debt: text, who: text, how: text }),
  'releases.read': z.object(releasesRead),
  'release.chosen': z.object(releaseChosen),
  /** The same of one service among several, each with its own target and outcome. */
  'service.releases-read': z.object({ service: text, ...releasesRead }),
  'service.release-chosen': z.object({ service: text, ...releaseChosen }),
  'service.left-out': z.object({ stepId: text, service: text, reason: text }),
  'service.ended': z.object({
    stepId: text,
    service: text,
    outcome: z.enum(OUTCOMES),
    reason: text,
    before: z.array(image),
    after: z.array(image),
    findings: z.array(finding),
  }),
  /** Rule 1: the list changed between the pick and the act, so the pick no longer holds. */
  'releases.changed': z.object({ stepId: text, was: text, now: text, newest: z.number().nullable() }),
  /** A person asked for something that takes time; every effect until `act.ended` belongs to it. */
  'act.asked': z.object({ stepId: text, commandId: text.nullable(), what: z.enum(['reads', 'change', 'proof']) }),
  /** `problem`: why it could not be done (tool missing, releases changed...); null when it ran its course. */
  'act.ended': z.object({
    stepId: text,
    problem: z.object({ code: text, message: text, advice: text }).nullable(),
  }),
  'run.intended': z.object({
    runId: text,
    stepId: text,
    commandId: text,
    effect: z.enum(['read', 'change']),
    /** As the runbook writes it, variables unexpanded. */
    template: text,
    /** Expanded, shell-quoted and redacted. */
    shown: text,
    binary: text,
    toolVersion: text,
    cwd: text,
    usualMs: z.number().nullable(),
  }),
  'run.started': z.object({ runId: text, pid: z.number(), pgid: z.number(), startTime: text }),
  'run.stop-asked': z.object({ runId: text, how: z.enum(['interrupt', 'kill']) }),
  'run.ended': z.object({
    runId: text,
    exit: exitSchema,
    durationMs: z.number(),
    output: z.object({ bytes: z.number(), lines: z.number(), sha256: text }).nullable(),
    excerpt: text,
    explanation: z.object({ code: text, sentence: text, next: text }).nullable(),
    rules: rulesSchema.optional(),
  }),
  /** "I ran it" elsewhere; the pasted output is redacted. */
  'run.by-hand': z.object({
    runId: text,
    stepId: text,
    commandId: text,
    effect: z.enum(['read', 'change']),
    shown: text,
    exitCode: z.number(),
    excerpt: text,
    rules: rulesSchema.optional(),
  }),
  'command.copied': z.object({ stepId: text, commandId: text }),
  'proof.evaluated': z.object({
    stepId: text,
    met: z.boolean(),
    before: z.array(image),
    after: z.array(image),
    findings: z.array(finding),
  }),
  /** Rule 10: what the public address showed. `met` null: the runbook declares nothing to look for. */
  'maintenance.checked': z.object({
    stepId: text,
    mode: z.enum(['on', 'off']),
    /** The step that switches it off; null when the runbook has none. */
    offStepId: text.nullable(),
    met: z.boolean().nullable(),
    detail: text,
  }),
  'step.ended': z.object({
    stepId: text,
    outcome: z.enum(OUTCOMES),
    reason: text,
    observed: text.nullable(),
    dueAt: time.nullable(),
  }),
  /** A failed or unproven step is taken up again. */
  'step.reopened': z.object({ stepId: text, reason: text }),
  'check.ticked': z.object({ stepId: text, checkId: text, ticked: z.boolean(), observed: text }),
  'message.copied': z.object({ messageId: text, text }),
  /** Rollbook is about to post it; what came of it is `message.sent` or `message.failed`, or nobody knows. */
  'message.posting': z.object({ messageId: text, text }),
  'message.failed': z.object({ messageId: text, why: text }),
  'message.sent': z.object({ messageId: text, text, where: text }),
  /** Rule 11: `partial` when its time or size cut it, or the command failed; `why` says so. `path` is in the data folder. */
  'evidence.captured': z.object({
    evidenceId: text,
    title: text,
    shown: text,
    path: text,
    bytes: z.number(),
    lines: z.number(),
    sha256: text,
    partial: z.boolean(),
    why: text,
  }),
  'evidence.missing': z.object({ title: text, shown: text, why: text }),
  'symptom.gone': z.object({ observed: text }),
  'watch.started': z.object({ stepId: text, minutes: z.number() }),
  /** Not every probe: the first, each bad one, each recovery, and one every five minutes; the counts cover them all. */
  'watch.reading': z.object({
    stepId: text,
    healthy: z.boolean(),
    detail: text,
    ms: z.number(),
    probes: z.number(),
    bad: z.number(),
    /** Where several are watched: the counts are this one's. */
    service: text.optional(),
  }),
  /** Rule 1: during the watch somebody else's release appeared. */
  'release.foreign': z.object({
    stepId: text,
    version: z.number(),
    description: text,
    user: text,
    service: text.optional(),
  }),
  'watch.ended': z.object({ stepId: text, completed: z.boolean(), reason: text }),
  /** Three bad readings in a row: the mitigation clock runs again. */
  'regression.found': z.object({ stepId: text, detail: text }),
  'deferred.settled': z.object({ what: text, how: z.enum(['done', 'waived']), reason: text }),
  'note.added': z.object({ text, starred: z.boolean() }),
  'entry.starred': z.object({ seq: z.number(), starred: z.boolean() }),
  'report.edited': z.object({ field: text, text }),
  /** `json`: SHA-256 of the report for other programs beside it. */
  'report.exported': z.object({ path: text, sha256: text, json: text.optional() }),
  'clock.jumped': z.object({ byMs: z.number(), cause: z.enum(['sleep', 'set']) }),
  'lease.taken': z.object({ fromSession: text, reason: text }),
  'runbook.switched': z.object({ hash: text, title: text, ids: z.record(z.string(), z.string()) }),
  ...DATABASE_SCHEMAS,
  ...AFTER_SCHEMAS,
  ...BRANCH_SCHEMAS,
  ...DECLARE_SCHEMAS,
  ...HANDOVER_SCHEMAS,
  ...PURGE_SCHEMAS,
  ...MACHINE_SCHEMAS,
  ...ACTION_ITEM_SCHEMAS,
  ...REFERENCE_SCHEMAS,
  'incident.resolved': z.object({ summary: text }),
  'incident.closed': z.object({ summary: text }),
} as const;

export type EventKind = keyof typeof EVENT_SCHEMAS;
export type PayloadOf<K extends EventKind> = z.infer<(typeof EVENT_SCHEMAS)[K]>;
export type IncidentEvent = { [K in EventKind]: Envelope<K, PayloadOf<K>> }[EventKind];

/** What a caller hands to the store: the envelope's other fields are the store's to fill. */
export type Draft = {
  [K in EventKind]: { readonly kind: K; readonly payload: Drafted<K>; readonly occurredAt?: number };
}[EventKind];

/** What is read back may say anything; what is newly written calls an end verified only with its proof. */
type Drafted<K extends EventKind> = K extends 'step.ended' | 'service.ended'
  ? Omit<PayloadOf<K>, 'outcome'> & { readonly outcome: Ending }
  : PayloadOf<K>;

export type ImageFact = z.infer<typeof image>;

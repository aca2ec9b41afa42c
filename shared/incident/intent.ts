/**
 * Everything a person (or a drill's autopilot) can do in an open incident; one row is one kind of intent. The core checks
 * an intent against the state and turns it into events. A repeated intentId returns the first result.
 */
import { z } from 'zod';
import { ACTION_PRIORITIES, ACTION_TYPES } from './topics/action-item-kinds.ts';

const text = z.string().max(10_000);
const short = z.string().max(200);
const id = z.string().min(1).max(300);

export const intentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('choose-procedure'), procedureId: id, reason: text }),
  /** The target becomes that of the most similar matrix row of the new severity; choose-row names one. */
  z.object({ kind: z.literal('change-severity'), to: z.enum(['P0', 'P1', 'P2', 'P3']), reason: text }),
  /** Another matrix row, by its line: its severity and target apply from now on. */
  z.object({ kind: z.literal('choose-row'), line: z.number().int(), reason: text }),
  /** P2 and P3 only: fix the fault in a new release instead of rolling back. */
  z.object({ kind: z.literal('fix-forward'), reason: text }),
  /** Defers all open items of the pre-rollback checklist. */
  z.object({ kind: z.literal('defer-checklist'), reason: text, dueInMs: z.number().positive() }),
  z.object({ kind: z.literal('record-approval'), who: short, role: short, how: short, words: text }),
  z.object({ kind: z.literal('proceed-without-approval'), reason: text.min(1), typed: short }),
  z.object({ kind: z.literal('pay-debt'), debt: id, who: short, how: short }),
  /** Runs the read-only commands of a step, or the one named. */
  z.object({ kind: z.literal('run-reads'), stepId: id, commandId: id.optional() }),
  z.object({
    kind: z.literal('choose-release'),
    stepId: id,
    version: z.number().int().positive(),
    immediate: z.boolean(),
  }),
  /** For each service of the step: a version, or null to leave it out with a reason. */
  z.object({
    kind: z.literal('choose-releases'),
    stepId: id,
    picks: z.array(z.object({ service: id, version: z.number().int().positive().nullable(), reason: text })).max(100),
    immediate: z.boolean(),
  }),
  /** Deploys the chosen releases of these services, one by one or in parallel as the step says. */
  z.object({ kind: z.literal('deploy-services'), stepId: id, commandId: id, services: z.array(id).min(1).max(100) }),
  /** Runs one changing command of a step; every gate must be passed. */
  z.object({ kind: z.literal('run-change'), stepId: id, commandId: id }),
  /** `typed`: the end of the project or database name, typed to confirm the target. */
  z.object({ kind: z.literal('confirm-database'), stepId: id, typed: short }),
  /**
   * `sqlFile`: absolute path of the reviewed file that undoes it. `reason`: why to continue without an older backup.
   */
  z.object({
    kind: z.literal('choose-migration'),
    stepId: id,
    version: short,
    sqlFile: z.string().max(4_096),
    reason: text,
  }),
  z.object({ kind: z.literal('stop-run'), runId: id, how: z.enum(['interrupt', 'kill']) }),
  z.object({
    kind: z.literal('ran-by-hand'),
    stepId: id,
    commandId: id,
    exitCode: z.number().int().min(-1).max(255),
    output: z.string().max(1_000_000),
  }),
  z.object({ kind: z.literal('copied-command'), stepId: id, commandId: id }),
  /** Checks the post-condition of a step again. */
  z.object({ kind: z.literal('check-proof'), stepId: id }),
  z.object({ kind: z.literal('tick'), stepId: id, checkId: id, ticked: z.boolean(), observed: text }),
  z.object({ kind: z.literal('confirm-step'), stepId: id, observed: text }),
  z.object({ kind: z.literal('skip-step'), stepId: id, reason: text.min(1) }),
  z.object({ kind: z.literal('defer-step'), stepId: id, reason: text, dueInMs: z.number().positive() }),
  z.object({ kind: z.literal('reopen-step'), stepId: id, reason: text }),
  z.object({ kind: z.literal('confirm-symptom-gone'), observed: text.min(1) }),
  /** The post-condition may be met, but the symptom is still there. */
  z.object({ kind: z.literal('symptom-remains'), observed: text.min(1) }),
  z.object({ kind: z.literal('start-watch'), stepId: id }),
  z.object({ kind: z.literal('end-watch'), stepId: id, reason: text.min(1) }),
  z.object({ kind: z.literal('copied-message'), messageId: id, text }),
  /** Posts it to the channel configured for this kind of incident. */
  z.object({ kind: z.literal('post-message'), messageId: id, text: text.min(1) }),
  z.object({ kind: z.literal('sent-message'), messageId: id, text, where: short }),
  z.object({ kind: z.literal('settle-deferred'), what: id, how: z.enum(['done', 'waived']), reason: text }),
  z.object({ kind: z.literal('note'), text: text.min(1), starred: z.boolean(), occurredAt: z.number().optional() }),
  z.object({ kind: z.literal('star'), seq: z.number().int().positive(), starred: z.boolean() }),
  /** Somebody was called, from the escalation chain or not. */
  z.object({
    kind: z.literal('log-escalation'),
    who: short.min(1),
    how: short.min(1),
    reached: z.boolean(),
    words: text,
  }),
  z.object({ kind: z.literal('raise-objection'), who: short.min(1), words: text.min(1), answer: text }),
  /** `lines` whole lines of the pinned runbook, from `line` on, are wrong; `becomes` is the correction. */
  z.object({
    kind: z.literal('report-defect'),
    stepId: id,
    line: z.number().int().positive(),
    lines: z.number().int().min(1).max(200),
    becomes: text,
    comment: text,
  }),
  z.object({ kind: z.literal('edit-report'), field: short, text }),
  /** Done when its exit criteria were seen; waived with a reason. */
  z.object({
    kind: z.literal('settle-follow-ups'),
    items: z.array(id).min(1).max(200),
    how: z.enum(['done', 'waived']),
    reason: text,
  }),
  /** `well: false` is a regression: the mitigation clock runs again. */
  z.object({
    kind: z.literal('answer-checkpoint'),
    stepId: id,
    minute: z.number().int().positive(),
    well: z.boolean(),
    observed: text.min(1),
  }),
  z.object({ kind: z.literal('take-branch'), stepId: id, branchId: id }),
  z.object({ kind: z.literal('leave-branch'), reason: text }),
  /** Variables `from: prompt` that the step's commands use. */
  z.object({
    kind: z.literal('give-values'),
    stepId: id,
    values: z.record(z.string().max(100), z.string().max(4_096)),
  }),
  /** `to`: ms since the epoch. To proceed without approval: `reason`, and `typed`, the end of the project ref. */
  z.object({
    kind: z.literal('choose-restore'),
    stepId: id,
    to: z.number().int().positive(),
    who: short,
    role: short,
    how: short,
    words: text,
    reason: text,
    typed: short,
  }),
  /** Opens a login for the tool whose login has expired; `here`: the person runs it in this terminal. */
  z.object({ kind: z.literal('log-in'), here: z.boolean() }),
  z.object({ kind: z.literal('skip-login'), reason: text }),
  /** Saves a whole action item, new or existing. */
  z.object({
    kind: z.literal('set-action-item'),
    itemId: id,
    what: text.min(1),
    type: z.enum(ACTION_TYPES).nullable(),
    owner: short,
    due: short,
    priority: z.enum(ACTION_PRIORITIES).nullable(),
    link: z.string().max(2_000),
    done: z.boolean(),
  }),
  z.object({ kind: z.literal('remove-action-item'), itemId: id, reason: text }),
  z.object({ kind: z.literal('resolve'), summary: text }),
  z.object({ kind: z.literal('close'), summary: text }),
]);

export type Intent = z.infer<typeof intentSchema>;

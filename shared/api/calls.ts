/**
 * Every call that a window or the command line can make: one row, one handler in electron/core/handlers.
 * The core checks the schemas; windows import only the types.
 */
import { settingChangeSchema } from '#shared/settings/setting-schemas.ts';
import { z } from 'zod';
import { answersSchema, id, intentIdSchema, made, ulidSchema } from './call-schemas.ts';
import { intentSchema } from '#shared/incident/intent.ts';
import { DRILL_CALLS } from './drill-calls.ts';
import { HANDOVER_CALLS } from './handover-calls.ts';
import type { OfferedAnswer } from '#shared/incident/offered-answers.ts';
import type { IncidentSummary } from './incident-summary.ts';
import { PURGE_CALLS } from './purge-calls.ts';
import type { Envelope } from '#shared/incident/event.ts';
import type { ProviderStatus } from '#shared/platforms/status-page.ts';
import type { Readiness } from '#shared/readiness/readiness.ts';
import type { SettingsView, ShellView } from '#shared/settings/settings.ts';
import type { Adoption } from '#shared/runbook/adoption/adopt.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import type { FixedView, CheckView } from '#shared/runbook-check/check-view.ts';
import type { DiffLine } from '#shared/runbook-check/unified-diff.ts';
import type { Root } from 'mdast';
import type { Paste } from '#shared/report/html/paste.ts';
import type { Failure } from './result.ts';
import { QUICK_CALLS } from './quick-calls.ts';
import { SEARCH_CALLS } from './search-calls.ts';

const none = z.object({});

export interface AppInfo {
  readonly version: string;
  readonly host: 'desktop' | 'loopback' | 'cli';
  readonly folder: string;
  /** Why nothing can be written, or null. */
  readonly readOnly: string | null;
  readonly operator: string;
  /** Set while the store cannot be used and incidents are kept apart from it. */
  readonly emergency?: Emergency;
  /** Damaged rows found in the store so far; missing when there are none. */
  readonly damage?: readonly Failure[];
  /** The login shell, where one is asked: in the desktop app. */
  readonly shell?: ShellView;
  /** What cannot be done on this system: a key, notifications, an interrupt. Missing when there is none. */
  readonly troubles?: readonly string[];
}

export interface Emergency {
  /** Why the store could not be used. */
  readonly problem: Failure;
  /** The folder that incidents are kept in meanwhile. */
  readonly folder: string;
  /** The store can be read. */
  readonly readable: boolean;
  /** Ids of the incidents in that folder. */
  readonly apart: readonly string[];
}

export interface ScenarioSummary {
  readonly name: string;
  readonly title: string;
  readonly expected: string;
  /** What a person would notice; whoever declares the drill is told nothing else. */
  readonly symptom: string;
}

export interface RunbookSummary {
  /** SHA-256 of the raw bytes, hex. */
  readonly hash: string;
  readonly name: string;
  readonly title: string;
  readonly trusted: boolean;
  readonly bundled: boolean;
  /** Hash of an earlier, reviewed content of the same file: only the changes need a review. */
  readonly changedFrom: string | null;
  /** Trusted, but the file has changed since. It stays runnable until the new content is reviewed. */
  readonly outdated: boolean;
  /** A person chose it as the one that declaring starts with. */
  readonly isDefault: boolean;
}

export interface OpenRunbook {
  readonly summary: RunbookSummary;
  readonly model: Runbook;
  readonly source: string;
  readonly tree: Root;
}

export interface AdoptionView extends Pick<Adoption, 'questions' | 'notes' | 'gapsBefore' | 'gapsAfter'> {
  /** Absolute path of the file. */
  readonly path: string;
  readonly hunks: readonly (readonly DiffLine[])[];
}

export interface IncidentView {
  readonly summary: IncidentSummary;
  readonly events: readonly Envelope[];
  readonly runbook: OpenRunbook;
  /** The core's wall clock when it answered, ms since the epoch. */
  readonly wallNow: number;
  /** Why this incident can only be read here, or null. */
  readonly readOnly: string | null;
}

export interface OutputLine {
  readonly n: number;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

export interface LocatedTool {
  readonly tool: string;
  /** Absolute path of the program; null when it is not on the PATH that commands get. */
  readonly path: string | null;
  readonly version: string;
}

export interface ReportView {
  readonly markdown: string;
  readonly tree: Root;
  readonly sha256: string;
}

export const CALLS = {
  'app.info': { args: none, result: made<AppInfo>() },
  /** A one-time link for another window of this Rollbook; only in a browser. */
  'app.new-link': { args: none, result: made<{ readonly url: string }>() },
  'incident.list': { args: none, result: made<readonly IncidentSummary[]>() },
  'incident.declare': {
    args: z.object({
      intentId: intentIdSchema,
      runbook: id.describe('hash of the runbook'),
      severity: z.enum(['P0', 'P1', 'P2', 'P3']),
      rowLine: z.number().int().nullable().describe('line of the matrix row'),
      title: z.string().min(1).max(200),
      symptom: z.string().max(2_000),
      /** An id of the runbook; free text, also '', where it declares none. */
      service: z.string().max(300),
      /** ms since the epoch; not in the future. */
      detectedAt: z.number(),
      /**
       * Asked every 15 s until it is resolved: a health address of the runbook, or an https address. '' or left out:
       * none.
       */
      probe: z.string().max(2_000).optional(),
    }),
    result: made<{ readonly incidentId: string }>(),
  },
  'incident.open': { args: z.object({ incidentId: ulidSchema }), result: made<IncidentView>() },
  /** From now on the window receives `incident.events` after `afterSeq`, without a gap. */
  'incident.follow': {
    args: z.object({ incidentId: ulidSchema, afterSeq: z.number().int().min(0) }),
    result: made<{ readonly seq: number }>(),
  },
  'incident.unfollow': { args: z.object({ incidentId: ulidSchema }), result: made<null>() },
  'incident.act': {
    args: z.object({
      incidentId: ulidSchema,
      intentId: intentIdSchema,
      expectedSeq: z.number().int().min(0),
      intent: intentSchema,
    }),
    /** `kept`: the store cannot be written now; the intent is recorded later. */
    result: made<{ readonly seq: number; readonly repeated: boolean; readonly kept: boolean }>(),
  },
  'incident.take-over': {
    args: z.object({ incidentId: ulidSchema, reason: z.string().min(1).max(500) }),
    result: made<null>(),
  },
  ...HANDOVER_CALLS,
  ...PURGE_CALLS,
  ...DRILL_CALLS,
  'drill.scenarios': { args: none, result: made<readonly ScenarioSummary[]>() },
  'drill.start': {
    args: z.object({
      intentId: intentIdSchema,
      scenario: id,
      speed: z.number().min(1).max(600),
      /** Line of the matrix row that the person chose; null takes the one the scenario was written for. */
      rowLine: z.number().int().nullable(),
    }),
    result: made<{ readonly incidentId: string }>(),
  },
  ...QUICK_CALLS,
  'runbook.list': { args: none, result: made<readonly RunbookSummary[]>() },
  /** Imports a Markdown file from this machine. It can run only after a person trusts it. */
  'runbook.import': { args: z.object({ path: z.string().min(1).max(4_096) }), result: made<RunbookSummary>() },
  /** Writes the corrected runbook as HTML for paper into the data folder's `prints`. */
  'runbook.print': {
    args: z.object({ hash: id }),
    result: made<{ readonly path: string; readonly corrected: number }>(),
  },
  /** A person has reviewed it. */
  'runbook.trust': { args: z.object({ hash: id }), result: made<null>() },
  /** Takes the trust back: it must be reviewed again before an incident can be declared with it. */
  'runbook.untrust': { args: z.object({ hash: id }), result: made<null>() },
  /** Off the list of this machine. The file and past incidents stay as they are. */
  'runbook.remove': { args: z.object({ hash: id }), result: made<null>() },
  /** What adopting its file would ask, and what some answers would change. */
  'runbook.adoption': { args: z.object({ hash: id, answers: answersSchema }), result: made<AdoptionView>() },
  /** Saves its file with the answers in it: over itself, or as a new file. It is to be reviewed then. */
  'runbook.adopt': {
    args: z.object({ hash: id, answers: answersSchema, path: z.string().min(1).max(4_096) }),
    result: made<RunbookSummary>(),
  },
  'runbook.open': { args: z.object({ hash: id }), result: made<OpenRunbook>() },
  ...SEARCH_CALLS,
  /** The findings of `rollbook check`, cached for 15 minutes; `again` asks the installed tools again. */
  'runbook-check.run': { args: z.object({ hash: id, again: z.boolean() }), result: made<CheckView>() },
  /** Writes the corrected copy and its diff beside the runbook's file, never the file itself. */
  'runbook-check.approve-program': {
    args: z.object({ hash: id, tool: z.string().min(1).max(200), path: z.string().min(1).max(4_096), sha256: id }),
    result: made<CheckView>(),
  },
  'runbook-check.fix': { args: z.object({ hash: id }), result: made<FixedView>() },
  /** Whether this machine could run a runbook (the bundled one by default); `only`: ids of items to check again. */
  'readiness.read': {
    args: z.object({ runbook: id.nullable(), only: z.array(id).max(200).nullable() }),
    result: made<Readiness>(),
  },
  /** The paths of the real tools a live incident would use, before anything runs. Plain names only. */
  'tools.locate': {
    args: z.object({ tools: z.array(z.string().regex(/^[\w][\w.+-]{0,63}$/)).max(20) }),
    result: made<readonly LocatedTool[]>(),
  },
  /** The public status pages of Fly and Supabase. Takes at most five seconds and never fails. */
  'providers.read': { args: none, result: made<readonly ProviderStatus[]>() },
  /** Whether messages can be posted, for live incidents and for drills; each has its own channel. */
  'notify.channels': {
    args: z.object({ incidentId: ulidSchema }),
    result: made<{ readonly live: boolean; readonly drill: boolean }>(),
  },
  'settings.read': { args: none, result: made<SettingsView>() },
  /** Returns the settings after the change. */
  'settings.change': { args: z.object({ change: settingChangeSchema }), result: made<SettingsView>() },
  'run.lines': {
    args: z.object({
      incidentId: ulidSchema,
      runId: ulidSchema,
      from: z.number().int().min(0),
      count: z.number().int().min(1).max(5_000),
    }),
    result: made<{ readonly total: number; readonly lines: readonly OutputLine[] }>(),
  },
  /** Answers to the questions of a step, by the name of the variable, out of what was printed before. */
  'run.answers': {
    args: z.object({ incidentId: ulidSchema, stepId: id }),
    result: made<Readonly<Record<string, readonly OfferedAnswer[]>>>(),
  },
  'run.attach': { args: z.object({ runId: ulidSchema }), result: made<null>() },
  'run.detach': { args: z.object({ runId: ulidSchema }), result: made<null>() },
  /** Acknowledges characters of output the window has shown; at most 100,000 may be unacknowledged. */
  'run.ack': { args: z.object({ runId: ulidSchema, chars: z.number().int().min(0) }), result: made<null>() },
  'report.preview': { args: z.object({ incidentId: ulidSchema }), result: made<ReportView>() },
  /** To copy into an editor of rich text. */
  'report.paste': {
    args: z.object({ incidentId: ulidSchema, into: z.enum(['confluence', 'slack']) }),
    result: made<Paste>(),
  },
  /** Writes to `path`, or into the data folder's reports; returns the absolute path. */
  'report.export': {
    args: z.object({
      incidentId: ulidSchema,
      path: z.string().max(4_096).nullable(),
      format: z.enum(['markdown', 'json', 'html']).optional(),
    }),
    /** `head`: hash of the timeline's last event. Kept elsewhere, it shows later changes of the timeline. */
    result: made<{ readonly path: string; readonly sha256: string; readonly head: string }>(),
  },
  /** A folder with the report as Markdown and JSON, its picture, the evidence and SHA256SUMS. */
  'report.export-folder': {
    args: z.object({ incidentId: ulidSchema, path: z.string().max(4_096).nullable() }),
    result: made<{
      readonly path: string;
      readonly folder: string;
      readonly sha256: string;
      readonly head: string;
      readonly files: readonly {
        readonly path: string;
        readonly bytes: number;
        readonly sha256: string;
        readonly asRecorded: boolean;
      }[];
      readonly missing: readonly { readonly path: string; readonly why: string }[];
    }>(),
  },
} as const satisfies Record<string, { args: z.ZodType; result: z.ZodType }>;

export type CallName = keyof typeof CALLS;
export type CallArgs<N extends CallName> = z.infer<(typeof CALLS)[N]['args']>;
export type CallResult<N extends CallName> = z.infer<(typeof CALLS)[N]['result']>;

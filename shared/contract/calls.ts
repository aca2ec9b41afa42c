/**
 * Every call that a window or the command line can make: one row, one handler in electron/core/handlers.
 * The schemas are checked on the side of the core; windows import the types only.
 */
import { settingChangeSchema } from '#shared/settings/setting-schemas.ts';
import { z } from 'zod';
import { intentIdSchema, ulidSchema } from './ids.ts';
import { intentSchema } from '#shared/incident/intent.ts';
import { DRILL_CALLS } from './drill-calls.ts';
import { HANDOVER_CALLS } from './handover-calls.ts';
import type { IncidentSummary } from './incident-summary.ts';
import { PURGE_CALLS } from './purge-calls.ts';
import type { Envelope } from '#shared/incident/event.ts';
import type { ProviderStatus } from '#shared/platforms/status-page.ts';
import type { Readiness } from '#shared/readiness/readiness.ts';
import { type SettingsView } from '#shared/settings/settings.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import type { FixedView, CheckView } from '#shared/check/check-view.ts';
import type { Root } from 'mdast';
import type { Failure } from './result.ts';
import { QUICK_CALLS } from './quick-calls.ts';
import { SEARCH_CALLS } from './search-calls.ts';

const id = z.string().min(1).max(300);
const none = z.object({});
/** A result whose shape is given by its TypeScript type: it is made by our own side of the boundary. */
const made = <T>() => z.custom<T>((value) => value !== undefined);

export interface AppInfo {
  readonly version: string;
  readonly host: 'desktop' | 'loopback' | 'cli';
  readonly folder: string;
  /** Why nothing can be written, or null. */
  readonly readOnly: string | null;
  readonly operator: string;
  /** Something is kept apart from the store, because that cannot be used. Not there otherwise. */
  readonly emergency?: Emergency;
  /** Rows of the store that were read so far and are damaged; the rest is there. Left out when there are none. */
  readonly damage?: readonly Failure[];
}

export interface Emergency {
  /** Why the store could not be used. */
  readonly problem: Failure;
  /** Where what is done meanwhile is kept. */
  readonly folder: string;
  /** What is in the store can be read. */
  readonly readable: boolean;
  /** Ids of the incidents that are kept there. */
  readonly apart: readonly string[];
}

export interface ScenarioSummary {
  readonly name: string;
  readonly title: string;
  readonly expected: string;
  /** What a person would notice: all that somebody who declares the drill is told. */
  readonly symptom: string;
}

export interface RunbookSummary {
  /** SHA-256 of the raw bytes, hex. */
  readonly hash: string;
  readonly name: string;
  readonly title: string;
  readonly trusted: boolean;
  readonly bundled: boolean;
  /** Not reviewed yet, but an earlier content of the same file was: its hash. Only what changed has to be read. */
  readonly changedFrom: string | null;
  /** Trusted content whose file says something else by now: it stays runnable until that is reviewed. */
  readonly outdated: boolean;
}

export interface OpenRunbook {
  readonly summary: RunbookSummary;
  readonly model: Runbook;
  readonly source: string;
  readonly tree: Root;
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
  /** Absolute path of what runs under this name; null: it is not on the PATH that commands get. */
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
  /** A one-time link that admits another window of the same Rollbook; only where it is served to a browser. */
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
      service: id,
      /** ms since the epoch; not in the future. */
      detectedAt: z.number(),
      /** Asked every 15 s until it is resolved: a health address of the runbook, or an https address. '' or left out: none. */
      probe: z.string().max(2_000).optional(),
    }),
    result: made<{ readonly incidentId: string }>(),
  },
  'incident.open': { args: z.object({ incidentId: ulidSchema }), result: made<IncidentView>() },
  /** From now on the window gets `incident.events` after `afterSeq`, without a gap. */
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
    /** `kept`: the store takes nothing now; it is put on the timeline later. */
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
  /** Reads a Markdown file of this machine. It runs only after it was trusted. */
  'runbook.import': { args: z.object({ path: z.string().min(1).max(4_096) }), result: made<RunbookSummary>() },
  /** A person has reviewed it. */
  'runbook.trust': { args: z.object({ hash: id }), result: made<null>() },
  'runbook.open': { args: z.object({ hash: id }), result: made<OpenRunbook>() },
  ...SEARCH_CALLS,
  /** The findings of `rollbook check`, kept for a quarter of an hour; `again` asks the installed tools anew. */
  'check.run': { args: z.object({ hash: id, again: z.boolean() }), result: made<CheckView>() },
  /** Writes the corrected copy and its diff beside the runbook's file, never the file itself. */
  'check.approve-program': {
    args: z.object({ hash: id, tool: z.string().min(1).max(200), path: z.string().min(1).max(4_096), sha256: id }),
    result: made<CheckView>(),
  },
  'check.fix': { args: z.object({ hash: id }), result: made<FixedView>() },
  /** Whether this machine could run a runbook (the bundled one by default); `only`: ids of items to look at again. */
  'readiness.read': {
    args: z.object({ runbook: id.nullable(), only: z.array(id).max(200).nullable() }),
    result: made<Readiness>(),
  },
  /** Where the real tools of a live incident stand, before anything is run. Plain names only. */
  'tools.locate': {
    args: z.object({ tools: z.array(z.string().regex(/^[\w][\w.+-]{0,63}$/)).max(20) }),
    result: made<readonly LocatedTool[]>(),
  },
  /** What the public status pages of Fly and Supabase say; at most five seconds, never an error. */
  'providers.read': { args: none, result: made<readonly ProviderStatus[]>() },
  /** Whether a message can be posted: for live incidents, and for drills, which have a channel of their own. */
  'notify.channels': {
    args: z.object({ incidentId: ulidSchema }),
    result: made<{ readonly live: boolean; readonly drill: boolean }>(),
  },
  'settings.read': { args: none, result: made<SettingsView>() },
  /** Answers the settings as they are then. */
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
  'run.attach': { args: z.object({ runId: ulidSchema }), result: made<null>() },
  'run.detach': { args: z.object({ runId: ulidSchema }), result: made<null>() },
  /** Characters of output the window has shown: opens its window of 100,000 again. */
  'run.ack': { args: z.object({ runId: ulidSchema, chars: z.number().int().min(0) }), result: made<null>() },
  'report.preview': { args: z.object({ incidentId: ulidSchema }), result: made<ReportView>() },
  /** Writes into the data folder's reports, or to `path`; answers the absolute path. */
  'report.export': {
    args: z.object({
      incidentId: ulidSchema,
      path: z.string().max(4_096).nullable(),
      format: z.enum(['markdown', 'json']).optional(),
    }),
    /** `head`: hash of the timeline's last event, to be kept elsewhere. */
    result: made<{ readonly path: string; readonly sha256: string; readonly head: string }>(),
  },
  /** A folder with the report in both forms, the evidence and SHA256SUMS. */
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

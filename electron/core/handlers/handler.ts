/** What the handler of a call gets. */
import type { CallArgs, CallName, CallResult } from '#shared/api/calls.ts';
import type { Failure } from '#shared/api/result.ts';
import type { Push } from '#shared/api/pushes.ts';
import type { HostAbilities } from '#core/connection.ts';
import type { Door } from '#core/redaction-door.ts';
import type { IncidentService } from '#core/incidents/incident-service.ts';
import type { Drills } from '#core/drills/drills.ts';
import type { IncidentSearch } from '#core/incidents/incident-search.ts';
import type { ReadinessService } from '#core/readiness/readiness.ts';
import type { AskProviders } from '#core/platforms/status-pages.ts';
import type { Handovers } from '#core/handover/handovers.ts';
import type { Purges } from '#core/purge/purges.ts';
import type { Fetch } from '#core/network/machine-fetch.ts';
import type { ShellEnvironment } from '#core/runner/shell-environment.ts';
import type { SettingsService } from '#core/settings/settings-service.ts';
import type { Clock, ToolLocator } from '#core/ports.ts';
import type { OutputStore } from '#core/runner/output/output-store.ts';
import type { Reports } from '#core/reports/reports.ts';
import type { RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import type { Store } from '#core/store/store.ts';
import type { RunbookCheckService } from '#core/runbook-check/runbook-check-service.ts';
import type { Subscriptions } from '#core/subscriptions.ts';

export interface Services {
  /** Wall time. */
  readonly clock: Clock;
  readonly newId: () => string;
  readonly store: Store;
  readonly door: Door;
  /** Damage in the store that was met so far. */
  readonly damage: () => readonly Failure[];
  readonly incidents: IncidentService;
  readonly drills: Drills;
  readonly runbooks: RunbookRepository;
  readonly reports: Reports;
  readonly handovers: Handovers;
  readonly purges: Purges;
  readonly search: IncidentSearch;
  readonly outputs: OutputStore;
  readonly readiness: ReadinessService;
  readonly checks: RunbookCheckService;
  /** Goes the way of the engineer's own tools. */
  readonly fetch: Fetch;
  readonly providers: AskProviders;
  readonly settings: SettingsService;
  readonly shell: ShellEnvironment;
  /** The real tools; a drill has its own. */
  readonly tools: ToolLocator;
  readonly operator: string;
  /** Tells what the host cannot do on this system, by a name for it; null: it can again. The home screen shows it. */
  readonly hostTrouble: (name: string, why: string | null) => void;
  readonly hostTroubles: () => readonly string[];
  readonly host: 'desktop' | 'loopback' | 'cli';
  readonly version: string;
}

/** The window that calls; its subscriptions end with it. */
export interface Caller {
  readonly send: (push: Push) => void;
  readonly subscriptions: Subscriptions;
  readonly abilities: HostAbilities;
}

export type Handler<N extends CallName> = (
  services: Services,
  args: CallArgs<N>,
  caller: Caller,
) => CallResult<N> | Promise<CallResult<N>>;

export type Rows<N extends CallName> = { readonly [K in N]: Handler<K> };

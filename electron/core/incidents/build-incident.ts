/** Opens a stored incident: its events, the tools it runs on, and the context that its intents are handled in. */
import type { Failure } from '#shared/contract/result.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { KeptText } from '#core/engine/kept-text.ts';
import type { OutputBudget } from '#core/engine/live-output.ts';
import { secretValuesOf } from '#core/engine/values.ts';
import { EventLog } from '#core/event-log/event-log.ts';
import { LeaseScope } from '#core/event-log/lease-scope.ts';
import { StorageHealth } from '#core/event-log/storage-health.ts';
import type { Notifier } from '#core/notifications/notifier.ts';
import type { Timers, ToolAdapter } from '#core/ports.ts';
import { ownFolders } from '#core/runbooks/own-folders.ts';
import type { RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import type { OutputStore } from '#core/runner/output-store.ts';
import type { Reattacher } from '#core/runner/reattach.ts';
import { startingNothingIn } from '#core/runner/tool-locator.ts';
import type { WorkingFolders } from '#core/runner/working-folders.ts';
import type { SettingsService } from '#core/settings/settings-service.ts';
import type { Store } from '#core/store/store.ts';
import type { Heartbeat } from './heartbeat.ts';
import { OpenIncident } from './open-incident.ts';
import { mustBeThere, summaryOf } from './summaries.ts';

/** Takes no lease: reading needs none. Codes: `not-found`, `store-corrupt`. */
export async function buildIncident(
  parts: IncidentServiceParts,
  heartbeat: Heartbeat,
  incidentId: string,
): Promise<OpenIncident> {
  const { store, outputs, folders, reattacher, dumps, environment, settings, newId, report } = parts;
  mustBeThere(store, incidentId);
  const { model: runbook, name, declared, open: openRunbook } = await parts.runbooks.pinnedOrMended(incidentId);
  // Before anything of this incident is shown or stored: what it must hide is known.
  outputs.learn(secretValuesOf(runbook, environment));
  // The declaration names the drill, and the event log gets that drill's clock.
  const drill = declared?.drill ?? null;
  const adapter = drill === null ? realToolsFor(parts, name) : await parts.drillAdapter(incidentId, drill);
  // A drill has secrets and folders of its own making, never those of this machine.
  const own = adapter.name === 'real' ? settings.secretsOf(name, runbook) : null;
  const leaseScope = new LeaseScope();
  const storageHealth = new StorageHealth(parts.keptIn, incidentId, (text) => outputs.redact(text));
  const eventLog = new EventLog(
    store,
    incidentId,
    adapter.clock,
    summaryOf(runbook),
    storageHealth,
    () => leaseScope.signal,
  );
  const context: IncidentContext = {
    incidentId,
    eventLog,
    storageHealth,
    runbook,
    openRunbook,
    adapter,
    store,
    outputs,
    folders,
    reattacher: adapter.name === 'real' ? reattacher : NOTHING_SURVIVES,
    running: new Map(),
    keptText: new KeptText(),
    outputBudget: parts.outputBudget,
    onlyReads: parts.onlyReads,
    secretsGiven: new Map(),
    get letGo() {
      return leaseScope.signal;
    },
    notifier: parts.notifierOf(name),
    secrets: own,
    approvers: () => settings.of(name).approvers,
    get checkout() {
      return own === null ? null : settings.of(name).checkout;
    },
    newId,
    dumps,
    get environment() {
      return { ...(own?.environment() ?? environment), ...adapter.fixtures?.environment };
    },
  };
  return new OpenIncident(context, leaseScope, heartbeat, report);
}

/** What the incident service is put together from. */

export interface IncidentServiceParts {
  readonly store: Store;
  readonly runbooks: RunbookRepository;
  readonly outputs: OutputStore;
  readonly folders: WorkingFolders;
  readonly reattacher: Reattacher;
  readonly environment: Readonly<Record<string, string>>;
  /** The data folder beside whose store acts are kept that the store does not take; absolute path. */
  readonly keptIn: string;
  /** Absolute path of the folder for database dumps. */
  readonly dumps: string;
  readonly newId: () => string;
  readonly timers: Timers;
  readonly settings: Pick<SettingsService, 'of' | 'secretsOf'>;
  /** Where a runbook of that name tells people. */
  readonly notifierOf: (runbook: string) => Notifier;
  readonly realAdapter: ToolAdapter;
  /** The simulated tools of a drill; its state is kept with the incident, so that a restart goes on with it. */
  readonly drillAdapter: (
    incidentId: string,
    drill: NonNullable<PayloadOf<'incident.declared'>['drill']>,
  ) => Promise<ToolAdapter>;
  readonly report: (line: string) => void;
  readonly outputBudget: OutputBudget;
  /** Why commands that change something are not started; null: they are. */
  readonly onlyReads: Failure | null;
}

/** The tools of this machine for a runbook: what came with it is not started to look at it. */
export function realToolsFor(
  { realAdapter, settings, environment }: IncidentServiceParts,
  runbook: string,
): ToolAdapter {
  const folders = (): readonly string[] => ownFolders(runbook, settings.of(runbook).checkout);
  return { ...realAdapter, tools: startingNothingIn(folders, realAdapter.tools, environment) };
}

/** A simulated process ends with its app. */
export const NOTHING_SURVIVES: IncidentContext['reattacher'] = {
  isGoing: () => false,
  find: () => ({ kind: 'lost' }),
  held: () => Promise.resolve(null),
  acknowledge: () => undefined,
  endReading: () => Promise.resolve(),
};

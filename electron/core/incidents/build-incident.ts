/** Opens a stored incident: reads its events, chooses its tools, and builds the context of its actions. */
import { startingNothingIn } from '#core/runner/tool-locator.ts';
import type { Failure } from '#shared/api/result.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { KeptText, type OutputBudget } from '#core/engine/output.ts';
import { secretValuesOf } from '#core/engine/values.ts';
import { EventLog } from '#core/event-log/event-log.ts';
import { LeaseScope } from '#core/event-log/lease-scope.ts';
import { LiveProbes } from '#core/event-log/live-probes.ts';
import { StorageHealth } from '#core/event-log/storage-health.ts';
import type { Notifier } from '#core/notifications/notifier.ts';
import type { Timers, ToolAdapter } from '#core/ports.ts';
import { ownFolders } from '#core/runbooks/own-folders.ts';
import type { RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import type { OutputStore } from '#core/runner/output/output-store.ts';
import type { Reattacher } from '#core/runner/keeper/reattach.ts';
import type { WorkingFolders } from '#core/runner/working-folders.ts';
import type { SettingsService } from '#core/settings/settings-service.ts';
import type { Store } from '#core/store/store.ts';
import type { Heartbeat } from './heartbeat.ts';
import { OpenIncident } from './open-incident.ts';
import { takenFromEnvironment } from '#shared/runbook/parser/questions.ts';
import { mustBeThere, summaryOf } from './summaries.ts';

/** Opens an incident without taking its lease, as reading needs none. Codes: `not-found`, `store-corrupt`. */
export async function buildIncident(
  parts: IncidentServiceParts,
  heartbeat: Heartbeat,
  incidentId: string,
): Promise<OpenIncident> {
  const { store, outputs, folders, reattacher, dumps, environment, settings, newId, report } = parts;
  mustBeThere(store, incidentId);
  const { model, name, declared, open } = await parts.runbooks.pinnedOrMended(incidentId);
  const runbook = takenFromEnvironment(model, environment);
  const openRunbook = async () => ({ ...(await open()), model: runbook });
  // First: nothing of this incident may be shown or stored before its secrets are known.
  outputs.learn(secretValuesOf(runbook, environment));
  // A drill has its own tools and clock.
  const drill = declared?.drill ?? null;
  const adapter = drill === null ? realToolsFor(parts, name) : await parts.drillAdapter(incidentId, drill);
  // A simulated drill must not use this machine's secrets or checkout.
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
    liveProbes: new LiveProbes(),
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

/** The parts that the incident service is built from. */
export interface IncidentServiceParts {
  readonly store: Store;
  readonly runbooks: RunbookRepository;
  readonly outputs: OutputStore;
  readonly folders: WorkingFolders;
  readonly reattacher: Reattacher;
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute path of the data folder, where actions are kept while the store refuses writes. */
  readonly keptIn: string;
  /** Absolute path of the folder for database dumps. */
  readonly dumps: string;
  readonly newId: () => string;
  readonly timers: Timers;
  readonly settings: Pick<SettingsService, 'of' | 'secretsOf'>;
  /** The message channels of the runbook with this name. */
  readonly notifierOf: (runbook: string) => Notifier;
  readonly realAdapter: ToolAdapter;
  /** The simulated tools of a drill. Their state is stored with the incident, so that a restart continues the drill. */
  readonly drillAdapter: (
    incidentId: string,
    drill: NonNullable<PayloadOf<'incident.declared'>['drill']>,
  ) => Promise<ToolAdapter>;
  readonly report: (line: string) => void;
  readonly outputBudget: OutputBudget;
  /** Why changing commands are refused; null: they are allowed. */
  readonly onlyReads: Failure | null;
}

/** This machine's tools for a runbook. Programs in the runbook's own folders are not started to find their versions. */
export function realToolsFor(
  { realAdapter, settings, environment }: IncidentServiceParts,
  runbook: string,
): ToolAdapter {
  const folders = (): readonly string[] => ownFolders(runbook, settings.of(runbook).checkout);
  return { ...realAdapter, tools: startingNothingIn(folders, realAdapter.tools, environment) };
}

/** For simulated processes, which end with Rollbook. */
export const NOTHING_SURVIVES: IncidentContext['reattacher'] = {
  isGoing: () => false,
  find: () => ({ kind: 'lost' }),
  held: () => Promise.resolve(null),
  acknowledge: () => undefined,
  endReading: () => Promise.resolve(),
};

/** Opens a stored incident: its events, the tools it runs on, and the context that its intents are handled in. */
import { type IncidentServiceParts, NOTHING_SURVIVES, realToolsFor } from './incident-service-parts.ts';
import { LeaseScope } from '../event-log/lease-scope.ts';
import type { Heartbeat } from './heartbeat.ts';
import { EventLog } from '../event-log/event-log.ts';
import { KeptText } from '../engine/kept-text.ts';
import { mustBeThere } from './not-there.ts';
import { OpenIncident } from './open-incident.ts';
import type { IncidentContext } from '../engine/incident-context.ts';
import { summaryOf } from './summaries.ts';
import { StorageHealth } from '../event-log/storage-health.ts';
import { secretValuesOf } from '../engine/values.ts';

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
    heard: parts.heard,
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

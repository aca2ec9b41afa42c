/** What the incident service is put together from. */
import { startingNothingIn } from '#core/runner/tool-locator.ts';
import type { Failure } from '#shared/contract/result.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import type { HeardBudget } from '../engine/heard-budget.ts';
import type { Notifier } from '#core/notifications/notifier.ts';
import type { Timers, ToolAdapter } from '#core/ports.ts';
import { ownFolders } from '#core/runbooks/own-folders.ts';
import type { RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import type { OutputStore } from '#core/runner/output/output-store.ts';
import type { Reattacher } from '#core/runner/keeper/reattach.ts';
import type { WorkingFolders } from '#core/runner/working-folders.ts';
import type { SettingsService } from '#core/settings/settings-service.ts';
import type { Store } from '#core/store/store.ts';
import type { IncidentContext } from '../engine/incident-context.ts';

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
  readonly heard: HeardBudget;
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

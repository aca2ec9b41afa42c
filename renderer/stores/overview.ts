/** What the home screen lists: incidents, drill scenarios, runbooks, and information about this Rollbook. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { Bridge } from '#shared/api/bridge.ts';
import type { AppInfo, OpenRunbook, RunbookSummary, ScenarioSummary } from '#shared/api/calls.ts';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import { onReconnect } from './connection.ts';
import { ask, get } from './core.ts';

interface Overview {
  readonly info: AppInfo | null;
  /** null until the core has answered. */
  readonly incidents: readonly IncidentSummary[] | null;
  readonly scenarios: readonly ScenarioSummary[] | null;
  readonly runbooks: readonly RunbookSummary[] | null;
  /** While the store cannot be used: hash of the runbook shown in the reference; null: the bundled one. */
  readonly reading: string | null;
  /** Runbooks loaded so far, by hash. */
  readonly opened: Readonly<Record<string, OpenRunbook>>;
}

export const useOverview = create<Overview>(() => ({
  info: null,
  incidents: null,
  scenarios: null,
  runbooks: null,
  reading: null,
  opened: {},
}));

export function followList(bridge: Bridge): void {
  bridge.on('incident.listed', ({ summary }) => {
    // A new incident may be the first one kept outside the store, which `info` then says.
    if (!isListed(summary.id)) void loadInfo();
    useOverview.setState(({ incidents }) => ({ incidents: replaced(incidents ?? [], summary) }));
  });
  onReconnect(() => void loadOverview());
  // Files may have been changed, or trusted in a terminal, meanwhile.
  window.addEventListener('focus', () => void lookAtRunbooks());
}

const replaced = (list: readonly IncidentSummary[], summary: IncidentSummary): readonly IncidentSummary[] =>
  list.some((other) => other.id === summary.id)
    ? list.map((other) => (other.id === summary.id ? summary : other))
    : [summary, ...list];

const isListed = (incidentId: string): boolean =>
  useOverview.getState().incidents?.some(({ id }) => id === incidentId) === true;

/**
 * Each answer is shown as soon as it arrives. Waiting for the slowest could overwrite newer entries with an older list.
 */
export async function loadOverview(): Promise<void> {
  await Promise.all([
    get('app.info', {}).then((info) => useOverview.setState({ info })),
    get('incident.list', {}).then((incidents) => useOverview.setState({ incidents })),
    get('drill.scenarios', {}).then((scenarios) => useOverview.setState({ scenarios })),
    readAhead(),
  ]);
}

/** Loads the incidents with who holds them, then the damage that reading them revealed. */
export async function loadIncidents(): Promise<void> {
  const incidents = await get('incident.list', {});
  if (incidents !== null) useOverview.setState({ incidents });
  await loadInfo();
}

export async function loadInfo(): Promise<void> {
  const info = await get('app.info', {});
  if (info !== null) useOverview.setState({ info });
}

/** Preloads the default runbook, so that declaring does not wait for it. */
async function readAhead(): Promise<void> {
  await loadRunbooks();
  const first = defaultRunbook(useOverview.getState().runbooks ?? []);
  if (first !== null) await openRunbook(first.hash);
}

/** The runbook for a new incident: the first trusted one, where the bundled one comes last. */
export function defaultRunbook(runbooks: readonly RunbookSummary[]): RunbookSummary | null {
  const trusted = runbooks.filter((runbook) => runbook.trusted);
  const chosen = trusted.find((runbook) => runbook.isDefault);
  return chosen ?? trusted.find((runbook) => !runbook.bundled) ?? trusted[0] ?? runbooks[0] ?? null;
}

export async function openRunbook(hash: string): Promise<OpenRunbook | null> {
  const known = useOverview.getState().opened[hash];
  if (known !== undefined) return known;
  const runbook = await get('runbook.open', { hash });
  if (runbook !== null) useOverview.setState(({ opened }) => ({ opened: { ...opened, [hash]: runbook } }));
  return runbook;
}

let listsAsked = 0;

/** Loads the list of runbooks. If calls overlap, only the newest answer is shown. */
export async function loadRunbooks(): Promise<void> {
  listsAsked += 1;
  const asked = listsAsked;
  const runbooks = await get('runbook.list', {});
  if (runbooks !== null && asked === listsAsked) useOverview.setState({ runbooks });
}

/** As loadRunbooks, but a failure is not shown: nobody asked. */
async function lookAtRunbooks(): Promise<void> {
  listsAsked += 1;
  const asked = listsAsked;
  const answer = await ask('runbook.list', {});
  if (answer.ok && asked === listsAsked) useOverview.setState({ runbooks: answer.value });
}

/** The default runbook, or the one chosen for reading while the store cannot be used; null while it loads. */
export function useDefaultRunbook(): OpenRunbook | null {
  const usual = ({ runbooks }: Overview): string | null => defaultRunbook(runbooks ?? [])?.hash ?? null;
  return useOpenRunbook(useOverview((overview) => overview.reading ?? usual(overview)));
}

/** Shows a runbook in the reference, contacts and search while there is no store to make it the default. */
export function readRunbook(hash: string): void {
  useOverview.setState({ reading: hash });
}

/** The bundled runbook, which drills use; null while it loads. */
export function useBundledRunbook(): OpenRunbook | null {
  return useOpenRunbook(useOverview(({ runbooks }) => runbooks?.find(({ bundled }) => bundled)?.hash ?? null));
}

/** A runbook by its hash, loaded if needed; null while it loads. */
export function useOpenRunbook(hash: string | null): OpenRunbook | null {
  useEffect(() => {
    if (hash !== null) void openRunbook(hash);
  }, [hash]);
  return useOverview(({ opened }) => (hash === null ? null : (opened[hash] ?? null)));
}

/** One more event in incidents of 100 to 100,000 events: to commit it, apply it to the state, and show it in a window. */
import { join } from 'node:path';
import { ulid } from 'ulid';
import type { Bridge } from '#shared/api/bridge.ts';
import type { Envelope, IncidentEvent } from '#shared/incident/event.ts';
import { advance } from '#shared/incident/reduce.ts';
import { openCore } from '#core/core.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { setBridge } from '../../renderer/stores/core.ts';
import { followIncident, openIncident, useIncidentStore } from '../../renderer/stores/incident.ts';
import { benchFolder, median, tell, timed } from './measure.ts';

const LENGTHS = [100, 1_000, 10_000, 100_000];
const ROUNDS = 100;
/** The longest incident may cost this many times the shortest. */
const FLAT = 1.5;
/** Events of another process that are stored at once. */
const BATCH = 2_000;

const folder = benchFolder();
const core = await openCore({ host: 'cli', folder: join(folder, 'data') });
const { drills, incidents, store } = core.services;

/** Half are notes; half are the three events of read-only commands. */
function draftsOf(n: number): readonly { readonly kind: string; readonly payload: object }[] {
  const runId = ulid();
  const output = { bytes: 0, lines: 0, sha256: '' };
  const ended = { runId, exit: { kind: 'code', code: 0 }, durationMs: 5, output, excerpt: '', explanation: null };
  const named = { runId, stepId: `step-${n % 20}`, commandId: 'c', effect: 'read', template: 'fly status' };
  const intended = { ...named, shown: 'fly status', binary: '/bin/fly', toolVersion: '', cwd: '/', usualMs: null };
  const note = { text: `note ${n}`, starred: n % 2 === 0 };
  return [
    { kind: 'run.intended', payload: intended },
    { kind: 'run.started', payload: { runId, pid: 1, pgid: 1, startTime: '1' } },
    { kind: 'run.ended', payload: ended },
    ...Array.from({ length: 3 }, () => ({ kind: 'note.added', payload: note })),
  ];
}

async function incidentOf(length: number): Promise<OpenIncident> {
  const id = await drills.start({ scenario: 'app-rollback', speed: 1, actor: 'bench', intentId: ulid() });
  const incident = await incidents.open(id);
  await incident.captured();
  const { at = 0, mono = 0 } = store.events(id, 0, 1)[0] ?? {};
  const missing = length - store.head(id).seq;
  const drafts = Array.from({ length: Math.ceil(missing / 6) }, (_, n) => draftsOf(n)).flat();
  for (let done = 0; done < missing; done += BATCH) {
    const next = drafts.slice(done, Math.min(missing, done + BATCH));
    const stored = next.map((draft) => ({ ...draft, at, mono, actor: 'bench', v: 1 }));
    await store.append(id, store.head(id).seq, stored);
  }
  incident.context.eventLog.catchUp();
  return incident;
}

const opened: OpenIncident[] = [];
for (const length of LENGTHS) opened.push(await incidentOf(length));

/** The lengths alternate, so that a busy moment of the machine affects all of them. */
async function tellRatios(title: string, once: (index: number, round: number) => Promise<number>): Promise<void> {
  const times = LENGTHS.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const index of LENGTHS.keys()) times[index]?.push(await once(index, round));
  const [shortest = Number.NaN, ...longer] = times.map(median);
  for (const [at, ms] of longer.entries()) {
    const what = `${title}, at ${LENGTHS[at + 1]} events`;
    tell({ what, value: ms / shortest, unit: 'x', budget: FLAT, ratio: ms / shortest, baseline: `at ${LENGTHS[0]}` });
  }
}

const text = 'A note of the usual length, as somebody on call writes it between two steps.';
await tellRatios('an act on the disk', (index) => {
  const incident = opened[index];
  if (incident === undefined) throw new Error('one for each length');
  const { seq } = incident.context.eventLog.state;
  return timed(() => incident.act({ kind: 'note', text, starred: false }, 'bench', ulid(), seq));
});

const more = opened.map(
  ({ context: { eventLog } }, index) =>
    draftsOf(index).map((draft, n) => ({
      ...eventLog.events[0],
      ...draft,
      seq: eventLog.state.seq + 1 + n,
    })) as unknown as readonly IncidentEvent[],
);
await tellRatios('six events in the state', (index) =>
  timed(() => advance(opened[index]?.context.eventLog.state ?? null, more[index] ?? [])),
);

type Push = (payload: { readonly incidentId: string; readonly events: readonly Envelope[] }) => void;
let push: Push = () => undefined;
followIncident({
  on: (name: string, listener: Push) => {
    if (name === 'incident.events') push = listener;
    return () => undefined;
  },
} as unknown as Bridge);
const shownStates: ReturnType<typeof useIncidentStore.getState>[] = [];
for (const { context } of opened) {
  const view = {
    summary: { id: context.incidentId },
    runbook: { model: context.runbook },
    events: context.eventLog.envelopes,
    wallNow: 0,
  };
  setBridge({ call: () => Promise.resolve({ ok: true, value: view }) } as unknown as Bridge);
  await openIncident(context.incidentId);
  shownStates.push(useIncidentStore.getState());
}
await tellRatios('six events in a window', (index) => {
  const shown = shownStates[index];
  if (shown === undefined) throw new Error('one for each length');
  useIncidentStore.setState(shown);
  const events = more[index] as unknown as readonly Envelope[];
  return timed(() => push({ incidentId: shown.view?.summary.id ?? '', events }));
});

const long = opened[LENGTHS.indexOf(10_000)]?.context.incidentId ?? '';
const exported: number[] = [];
for (let round = 0; round < 5; round += 1) {
  const path = join(folder, `report-${round}.md`);
  exported.push(await timed(() => core.services.reports.export(long, path, 'bench', 'markdown')));
}
tell({ what: 'report of 10000 events', value: median(exported), unit: 'ms', budget: 1_000 });
await core.close();

const again = await openCore({ host: 'cli', folder: join(folder, 'data') });
tell({
  what: 'an incident of 10000 events opens',
  value: await timed(() => again.services.incidents.open(long)),
  unit: 'ms',
  budget: 100,
});
await again.close();

/** Listing and searching 10,000 incidents. */
import { join } from 'node:path';
import { ulid } from 'ulid';
import { openCore } from '#core/core.ts';
import { benchFolder, median, tell, timed } from './measure.ts';

const INCIDENTS = 10_000;
const ROUNDS = 9;

const folder = benchFolder();
const core = await openCore({ host: 'cli', folder: join(folder, 'data') });
const { drills, incidents, store, search } = core.services;
const pattern = await drills.start({ scenario: 'app-rollback', speed: 1, actor: 'bench', intentId: ulid() });
await (await incidents.open(pattern)).captured();
const row = store.incident(pattern);
const [declared] = store.events(pattern, 0, 1);
if (row === null || declared === undefined) throw new Error('the drill was declared');
const { at, mono, actor, v } = declared;
for (let n = 0; n < INCIDENTS; n += 1) {
  const note = { kind: 'note.added', payload: { text: `pager ${n} of the harbor`, starred: false } };
  const drafts = [declared, note].map(({ kind, payload }) => ({ kind, payload: payload ?? {}, at, mono, actor, v }));
  await store.create({ ...row, id: ulid(), title: `Incident ${n}` }, drafts);
}

async function tellMedian(what: string, work: () => unknown): Promise<void> {
  await work();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await timed(work));
  tell({ what: `${what}, of ${INCIDENTS} incidents`, value: median(times), unit: 'ms', budget: 50 });
}

await tellMedian('the list', () => incidents.list());
await tellMedian('a search', () => search.find('pager 4711'));
await core.close();

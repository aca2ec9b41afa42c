/** The search over past incidents: what it finds, which queries it accepts, and what it never shows. */
import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import type { IncidentHit } from '#shared/api/search-calls.ts';
import { dataFolder, virtualCore } from '../../fixtures/data-folder.ts';

async function withDrill(folder = dataFolder()) {
  const core = await virtualCore(folder);
  const window = core.connect(() => undefined);
  const call = async (name: string, args: object) => {
    const answer = await window.call(name, args);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
    return answer.value;
  };
  const search = async (query: string) => (await call('incident.search', { query })) as readonly IncidentHit[];
  const start = async () => {
    const args = {
      intentId: ulid(),
      scenario: 'app-rollback',
      speed: 1,
      rowLine: null,
    };
    return ((await call('drill.start', args)) as { incidentId: string }).incidentId;
  };
  const note = async (incidentId: string, text: string) => {
    const expectedSeq = core.services.store.head(incidentId).seq;
    const intent = { kind: 'note', text, starred: false };
    await call('incident.act', {
      incidentId,
      intentId: ulid(),
      expectedSeq,
      intent,
    });
  };
  return { core, call, search, start, note };
}

const HOSTILE: readonly string[] = [
  '',
  '"',
  '""" OR "',
  '*',
  'NEAR(',
  'a NEAR/2 b',
  'body:x',
  '^a - b',
  "'; DROP TABLE events; --",
  '\u0000',
  '\ud800',
  '\u0301',
  'quokka '.repeat(2_000),
  'q'.repeat(20_000),
  '('.repeat(10_000),
];

const textOf = (hit: IncidentHit | undefined): string =>
  (hit?.places ?? []).flatMap(({ excerpt }) => excerpt.map(({ text }) => text)).join('');

describe('searching past incidents', () => {
  it('finds what was noted a moment ago, marks the words, and counts the entries', async () => {
    const { search, start, note } = await withDrill();
    const id = await start();
    const other = await start();
    await note(id, 'The zebra cache was full');
    await note(id, 'Zebra emptied');
    await note(other, 'A giraffe');
    const [hit, ...more] = await search('ZEBRA');
    expect(more).toEqual([]);
    expect(hit).toMatchObject({
      incident: { id, kind: 'drill', scenario: 'app-rollback', severity: 'P0', status: 'open' },
      total: 2,
    });
    const marked = hit?.places.flatMap(({ excerpt }) => excerpt.filter(({ match }) => match));
    expect(marked?.map(({ text }) => text).toSorted()).toEqual(['Zebra', 'zebra']);
    expect((await search('giraffe')).map(({ incident }) => incident.id)).toEqual([other]);
    expect(await search('zebra giraffe')).toEqual([]);
  });

  it('finds what another process or an older version wrote, and answers to the report that the timeline only names', async () => {
    const folder = dataFolder();
    const first = await withDrill(folder);
    const id = await first.start();
    const expectedSeq = first.core.services.store.head(id).seq;
    const intent = {
      kind: 'edit-report',
      field: 'impact',
      text: 'Four hundred okapis could not book',
    };
    await first.call('incident.act', {
      incidentId: id,
      intentId: ulid(),
      expectedSeq,
      intent,
    });
    const second = await withDrill(folder);
    expect((await second.search('okapi')).map(({ incident }) => incident.id)).toEqual([id]);
    expect(second.core.services.store.search.missing()).toEqual([]);
  });

  it('never shows a secret, and does not find by it', async () => {
    const { search, start, note } = await withDrill();
    const id = await start();
    await note(id, 'walrus token ghp_0123456789abcdefghijklmnopqrstuvwxyz0');
    const [hit] = await search('walrus');
    expect(textOf(hit)).toContain('walrus');
    expect(textOf(hit)).not.toContain('ghp_0123456789');
    expect(await search('ghp_0123456789abcdefghijklmnopqrstuvwxyz0')).toEqual([]);
  });

  it('does not find by a secret that was learned only after it was written', async () => {
    const { core, search, start, note } = await withDrill();
    await note(await start(), 'walrus opens with k3y-4711');
    core.services.outputs.learn(['k3y-4711']);
    expect(textOf((await search('walrus'))[0])).not.toContain('4711');
    expect(await search('k3y 4711')).toEqual([]);
  });

  it('survives any query', async () => {
    const { search, start, note } = await withDrill();
    await note(await start(), 'plain words');
    expect(await search(`${'plain '.repeat(32)} and no more than its first words`)).toHaveLength(1);
    for (const query of HOSTILE) expect(await search(query), query.slice(0, 40)).toEqual([]);
  });
});

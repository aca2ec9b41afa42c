import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askProviders } from '#core/platforms/status-pages.ts';
import { type StatusPages, statusPages } from '../../fixtures/status-pages.ts';

let pages: StatusPages;
beforeAll(async () => {
  pages = await statusPages();
});
afterAll(() => pages.close());

/** The time limit, which the pages that answer must keep on a busy machine too. */
const LIMIT_MS = 2_000;

async function ask(fly: string, supabase: string) {
  const environment = { ROLLBOOK_STATUS_FLY: fly, ROLLBOOK_STATUS_SUPABASE: supabase };
  const asked = await askProviders({ environment, now: () => 7, limitMs: LIMIT_MS })();
  return asked.map(({ standing }) => standing);
}

describe('the status pages of the providers', () => {
  it('are asked for their summary, both at once, and named', async () => {
    const asked = await askProviders({
      environment: { ROLLBOOK_STATUS_FLY: pages.url('incident'), ROLLBOOK_STATUS_SUPABASE: `${pages.url('well')}/` },
      now: () => 7,
    })();
    expect(asked).toEqual([
      {
        id: 'fly',
        title: 'Fly.io',
        page: 'https://status.flyio.net',
        standing: { kind: 'incident', names: ['Deploys fail in fra'] },
        askedAt: 7,
      },
      expect.objectContaining({ id: 'supabase', standing: { kind: 'operational' } }),
    ]);
    expect(pages.asked).toContain('/well/api/v2/summary.json');
  });

  it('a slow page is given up, also one that goes on sending, and the other is told all the same', async () => {
    const gaveUp = { kind: 'unasked', why: 'no answer within 2 s' };
    const asked = [ask(pages.url('slow'), pages.url('well')), ask(pages.url('well'), pages.url('trickle'))];
    expect(await Promise.all(asked)).toEqual([
      [gaveUp, { kind: 'operational' }],
      [{ kind: 'operational' }, gaveUp],
    ]);
  });

  it.each([
    ['broken', /no status summary/],
    ['error', /answered 503/],
    ['huge', /more than 2 MB/],
  ])('a page that is %s could not be asked', async (kind, why) => {
    const [standing] = await ask(pages.url(kind), 'off');
    expect(standing).toEqual({ kind: 'unasked', why: expect.stringMatching(why) as string });
  });

  it('nobody there, no address, or asked not to: said so, never thrown', async () => {
    const gone = await statusPages();
    await gone.close();
    expect(await ask(gone.url('well'), 'off')).toEqual([
      { kind: 'unasked', why: 'ECONNREFUSED' },
      { kind: 'unasked', why: 'ROLLBOOK_STATUS_SUPABASE is off' },
    ]);
    expect(await ask('file:///etc/passwd', 'nonsense')).toEqual([
      { kind: 'unasked', why: 'ROLLBOOK_STATUS_FLY is no http or https address' },
      { kind: 'unasked', why: 'ROLLBOOK_STATUS_SUPABASE is no http or https address' },
    ]);
  });
});

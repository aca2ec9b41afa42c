/** What a command needs before it can be started. */
import { describe, expect, it } from 'vitest';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { readyToRun } from '#core/engine/prepare-run.ts';
import type { Command } from '#shared/runbook/model.ts';
import { commandOf, engineContext } from '../../fixtures/engine-context.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';

const URL = 'postgres://ann:hunter2@db.example.com:5432/shop?sslmode=require';
const contextOf = (more: Partial<IncidentContext> = {}, declared = {}): IncidentContext =>
  engineContext({ events: new IncidentEvents(declared), environment: { SHOP_URL: URL, PATH: '/bin' }, more }).context;
const ready = (context: IncidentContext, text: string, more: Partial<Command> = {}, options = {}) =>
  readyToRun(context, { ...commandOf('s#1', text, more), effect: 'change' }, { session: 'rollbook run', ...options });

describe('a command', () => {
  it('gets its program, its arguments and the ones added to them', async () => {
    const { argv, shown } = await ready(contextOf(), 'shopctl close', {}, { extra: ['--now'] });
    expect(argv).toEqual(['/bin/shopctl', 'close', '--now']);
    expect(shown).toBe('shopctl close --now');
  });

  it('whose program is not on PATH is refused', async () => {
    const context = contextOf();
    Object.assign(context.adapter.tools, { locate: () => Promise.resolve(null) });
    await expect(ready(context, 'shopctl close')).rejects.toMatchObject({ code: 'tool-missing' });
  });

  it('with a database in its fence connects to it, and is shown with the target but without the password', async () => {
    const { env, shown } = await ready(contextOf(), 'psql -f fix.sql', { database: 'SHOP_URL' });
    expect(env).toMatchObject({
      PATH: '/bin',
      PGHOST: 'db.example.com',
      PGPASSWORD: 'hunter2',
      PGAPPNAME: 'rollbook run',
    });
    expect(shown).toMatch(/^PGHOST=db\.example\.com .*psql -f fix\.sql$/);
    expect(shown).not.toContain('hunter2');
  });

  it('gets the variables of its run, which override all others', async () => {
    const { env } = await ready(
      contextOf(),
      'psql -f fix.sql',
      { database: 'SHOP_URL' },
      { variables: { PGHOST: 'other' } },
    );
    expect(env).toMatchObject({ PGHOST: 'other' });
  });

  it('waits for the secrets', async () => {
    let ensured = 0;
    const ensure = () => Promise.resolve(void (ensured += 1));
    await ready(contextOf({ secrets: { ensure } as never }), 'shopctl close');
    expect(ensured).toBe(1);
  });

  it('of a drill with real tools must have a target that ends in -test', async () => {
    const context = contextOf({}, { kind: 'drill', adapter: 'real' });
    await expect(ready(context, 'fly deploy -a shop')).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

describe('the checkout', () => {
  it('is used by a tool that works on one, if it is set', async () => {
    expect((await ready(contextOf({ checkout: '/' }), 'git status')).checkout).toBe('/');
    expect((await ready(contextOf(), 'git status')).checkout).toBeNull();
  });

  it('is not used by another tool', async () => {
    expect((await ready(contextOf({ checkout: '/' }), 'shopctl close')).checkout).toBeNull();
  });

  it('must be a folder that exists', async () => {
    for (const checkout of ['/no/such/folder', import.meta.filename])
      await expect(ready(contextOf({ checkout }), 'git status')).rejects.toMatchObject({ code: 'environment' });
  });

  it('must be set for a command that the runbook runs in it, except in a simulated drill', async () => {
    const inCheckout = { runsIn: 'checkout' } as const;
    await expect(ready(contextOf(), 'shopctl close', inCheckout)).rejects.toMatchObject({ code: 'environment' });
    const simulated = contextOf();
    Object.assign(simulated.adapter, { name: 'simulated' });
    expect((await ready(simulated, 'shopctl close', inCheckout)).checkout).toBeNull();
  });
});

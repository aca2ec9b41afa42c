import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  askForUpdate,
  isNewer,
  type Update,
  UPDATE_SETTINGS,
  updateAddress,
  updateCheck,
} from '../../../electron/desktop/update-check.ts';

const DAY = 86_400_000;
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/latest.json`;
}

function checked(
  kept: Record<string, unknown> = {},
  answer: () => Promise<Update> = async () => ({ version: '2.0.0' }),
) {
  const values = new Map(Object.entries(kept));
  const ask = vi.fn<(address: string) => Promise<Update>>(answer);
  const tell = vi.fn<(update: Update) => void>();
  const settings = {
    get: (key: string): unknown => values.get(key) ?? null,
    set: async (key: string, value: unknown) => void values.set(key, value),
  };
  const packaged = 'https://updates.example/latest.json';
  return { ask, tell, settings, look: updateCheck({ version: '1.0.0', packaged, settings, ask, tell }) };
}

describe('the update check', () => {
  it('asks once a day, and tells', async () => {
    const { look, ask, tell } = checked();
    await look(DAY, false);
    await look(DAY + 1_000, false);
    expect(ask).toHaveBeenCalledOnce();
    expect(tell.mock.calls).toEqual([[{ version: '2.0.0' }]]);
    await look(2 * DAY, false);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('tells after the incident that was declared while it asked, unless it was switched off meanwhile', async () => {
    const asked = Promise.withResolvers<Update>();
    const { look, tell, settings } = checked({}, () => asked.promise);
    const looking = look(DAY, false);
    await look(DAY + 1_000, true);
    asked.resolve({ version: '2.0.0' });
    await looking;
    expect(tell).not.toHaveBeenCalled();
    await settings.set(UPDATE_SETTINGS.off, true);
    await look(DAY + 2_000, false);
    expect(tell).not.toHaveBeenCalled();
    await settings.set(UPDATE_SETTINGS.off, false);
    await look(DAY + 3_000, false);
    await look(DAY + 4_000, false);
    expect(tell.mock.calls).toEqual([[{ version: '2.0.0' }]]);
  });

  it('does nothing while an incident is open, and asks when it is over', async () => {
    const { look, ask } = checked();
    await look(DAY, true);
    expect(ask).not.toHaveBeenCalled();
    await look(DAY, false);
    expect(ask).toHaveBeenCalledOnce();
  });

  it('can be switched off', async () => {
    const { look, ask } = checked({ [UPDATE_SETTINGS.off]: true });
    await look(DAY, false);
    expect(ask).not.toHaveBeenCalled();
  });

  it('asks only an https address; a setting comes before the one of the package', () => {
    const { settings } = checked();
    const address = (packaged: unknown): string | null => updateAddress({ settings, packaged });
    for (const bad of [undefined, null, '', 'http://a.example/', 'file:///x', 3]) expect(address(bad)).toBeNull();
    expect(address('https://a.example/')).toBe('https://a.example/');
    const team = checked({ [UPDATE_SETTINGS.url]: 'https://team.example/' });
    expect(updateAddress({ settings: team.settings, packaged: 'https://a.example/' })).toBe('https://team.example/');
  });

  it('takes no answer for no news, and waits a day all the same', async () => {
    const { look, ask, tell } = checked({}, () => Promise.reject(new Error('no network')));
    await look(DAY, false);
    await look(DAY + 1, false);
    expect(ask).toHaveBeenCalledOnce();
    expect(tell).not.toHaveBeenCalled();
    await look(2 * DAY, false);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('does not ask every second when the store cannot keep the time', async () => {
    const { settings, ask, tell } = checked();
    const set = vi.fn<() => Promise<void>>(() => Promise.reject(new Error('read-only')));
    const look = updateCheck({
      version: '1.0.0',
      packaged: 'https://a.example/',
      settings: { ...settings, set },
      ask,
      tell,
    });
    await look(DAY, false);
    await look(3 * DAY, false);
    expect(set).toHaveBeenCalledOnce();
    expect(ask).not.toHaveBeenCalled();
  });

  it('tells nothing of an older or the same version', async () => {
    const { look, tell } = checked({}, async () => ({ version: '1.0.0' }));
    await look(DAY, false);
    expect(tell).not.toHaveBeenCalled();
  });
});

describe('askForUpdate', () => {
  it('reads a short answer of the right shape', async () => {
    const body = { version: '1.2.3', page: 'https://rollbook.example/', more: 1 };
    const address = await serve((_request, response) => response.end(JSON.stringify(body)));
    expect(await askForUpdate(address)).toEqual({ version: '1.2.3', page: 'https://rollbook.example/' });
  });

  it('reads the latest release of a repository on GitHub', async () => {
    const page = 'https://github.com/ann/rollbook/releases/tag/v1.2.3';
    const body = { tag_name: 'v1.2.3', html_url: page, draft: false, body: 'notes', assets: [{ size: 1 }] };
    const address = await serve((_request, response) => response.end(JSON.stringify(body)));
    expect(await askForUpdate(address)).toEqual({ version: '1.2.3', page });
  });

  it.each<[string, RegExp, RequestListener]>([
    ['an error', /answered 500/, (_request, response) => response.writeHead(500).end('{"version":"1.2.3"}')],
    ['a redirect', /fetch failed/, (_request, response) => response.writeHead(302, { Location: '/other' }).end()],
    ['no JSON', /JSON/, (_request, response) => response.end('<html>')],
    ['no version', /version/, (_request, response) => response.end('{"version":"newest; rm -rf"}')],
    ['a page that is no https', /page/, (_request, response) => response.end('{"version":"1.2.3","page":"file:///x"}')],
    [
      'far too much',
      /too much/,
      (_request, response) => response.end(`{"version":"1.2.3","x":"${'a'.repeat(300_000)}"}`),
    ],
  ])('refuses %s', async (_what, why, listener) => {
    await expect(askForUpdate(await serve(listener))).rejects.toThrow(why);
  });
});

describe('isNewer', () => {
  it.each([
    ['1.0.1', '1.0.0', true],
    ['1.10.0', '1.9.9', true],
    ['2.0.0', '1.9.9', true],
    ['1.0.0', '1.0.0', false],
    ['0.9.9', '1.0.0', false],
    ['1.0.0', '1.0.1-beta', false],
  ])('%s after %s: %s', (a, b, newer) => expect(isNewer(a, b)).toBe(newer));
});

import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { browserArguments, openWindow } from '../../../electron/loopback/open-window.ts';
import { admitted, openSocket, postSession, running, secretFor } from './harness.ts';

describe('the token and the secret', () => {
  it('are in no command line and no environment of the browser', async () => {
    const { host, folder, token } = await running();
    const told = join(folder, 'told.txt');
    const browser = join(folder, 'browser');
    writeFileSync(browser, `#!/bin/sh\n{ printf '%s\\n' "$0" "$@"; env; } > '${told}'\n`);
    chmodSync(browser, 0o700);
    expect(
      await openWindow({ name: 'Chromium', path: browser, ownFolder: null }, host.openFile, folder).ended,
    ).toBeNull();
    const all = readFileSync(told, 'utf8');
    expect(all).toContain('--app=file:');
    expect(all).not.toContain(token);
    expect(all).not.toContain('http://');
    expect(browserArguments(host.openFile, folder, true).join(' ')).not.toContain(token);
  });

  it('are not in the address of the socket, and one in it opens nothing', async () => {
    const { host, core, token } = await running();
    const secret = await secretFor(host);
    for (const query of [`?token=${token}`, `?secret=${secret}`]) {
      const window = await openSocket(host, `/socket${query}`);
      window.send({ id: 1, call: 'app.info', args: {} });
      expect(await window.closed).toBe(4401);
    }
    expect(core.connections).toEqual([]);
    // The token was not used up.
    expect((await postSession(host, token)).status).toBe(200);
  });

  it('stay out of what is stored by a browser for the address: no cookie is set, none is read', async () => {
    const { host, token, core } = await running();
    const answer = await postSession(host, token);
    expect(answer.headers.get('set-cookie')).toBeNull();
    const { secret } = (await answer.json()) as { readonly secret: string };
    const window = await openSocket(host, '/socket', { Cookie: `secret=${secret}; rollbook.session=${secret}` });
    window.send({ id: 1, call: 'app.info', args: {} });
    expect(await window.closed).toBe(4401);
    expect(core.connections).toEqual([]);
  });
});

describe('a frame that never ends', () => {
  it('is cut off at the limit also when it comes in pieces, each of them small', async () => {
    const { host, core } = await running({ limits: { frameBytes: 10_000 } });
    const window = await admitted(host);
    for (let piece = 0; piece < 20; piece += 1) {
      window.socket.send('x'.repeat(1_000), { fin: false }, () => undefined);
    }
    expect(await window.closed).toBe(1009);
    expect(core.connections[0]?.calls).toEqual([]);
  });

  it('does not hold a place for a greeting that comes byte by byte', async () => {
    const { host, core } = await running({ limits: { greetingMs: 50 } });
    const window = await openSocket(host);
    window.socket.send('{"sec', { fin: false });
    expect(await window.closed).toBe(4408);
    expect(core.connections).toEqual([]);
    expect(host.windows()).toBe(0);
  });
});

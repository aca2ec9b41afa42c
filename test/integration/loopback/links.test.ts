import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { postSession, raw, request, running, tokenOf } from './harness.ts';

const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('the redirect file', () => {
  it('can be read by its owner only, and leads to the address with the token in the fragment', async () => {
    const { host, token } = await running();
    expect(mode(host.openFile)).toBe('600');
    expect(mode(dirname(host.openFile))).toBe('700');
    expect(token).toMatch(/^[\w-]{43}$/u);
    expect(host.url).toBe(`${host.origin}/#token=${token}`);
    const page = readFileSync(host.openFile, 'utf8');
    expect(page).toContain(`<meta http-equiv="refresh" content="0;url=${host.url}">`);
    expect(page).toContain('<meta name="referrer" content="no-referrer">');
    expect(page).not.toContain('<script');
  });

  it('is gone once its token was used, and all are gone when the host has ended', async () => {
    const { host, folder, token } = await running();
    const other = await host.newLink();
    expect((await postSession(host, token)).status).toBe(200);
    expect(existsSync(host.openFile)).toBe(false);
    expect(existsSync(other.openFile)).toBe(true);
    await host.close();
    expect(existsSync(dirname(other.openFile))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith('rollbook-'))).toEqual([]);
  });

  it('is retired, oldest first, when too many wait', async () => {
    const { host, token } = await running({ limits: { links: 2 } });
    const second = await host.newLink();
    const third = await host.newLink();
    expect(existsSync(host.openFile)).toBe(false);
    expect((await postSession(host, token)).status).toBe(403);
    expect((await postSession(host, tokenOf(second.url))).status).toBe(200);
    expect((await postSession(host, tokenOf(third.url))).status).toBe(200);
  });
});

describe('the token', () => {
  it('is good for one window, once, and says so the second time', async () => {
    const { host, token } = await running();
    const first = await postSession(host, token);
    expect(await first.json()).toEqual({ secret: expect.stringMatching(/^[\w-]{43}$/u) as string });
    const second = await postSession(host, token);
    expect(second.status).toBe(403);
    expect(await second.json()).toMatchObject({
      error: {
        message: expect.stringContaining('used already') as string,
        advice: expect.stringContaining('Start again with') as string,
      },
    });
  });

  it('is spent once even when two ask at the same time', async () => {
    const { host, token } = await running();
    const answers = await Promise.all(Array.from({ length: 8 }, () => postSession(host, token)));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 403, 403, 403, 403, 403, 403, 403]);
  });

  it('is refused when it is wrong, and the right one stays good', async () => {
    const { host, token } = await running();
    for (const wrong of ['', 'x', token.slice(1), `${token}x`, token.toLowerCase()]) {
      const answer = await postSession(host, wrong);
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({
        error: { message: expect.stringContaining('does not belong') as string },
      });
    }
    expect((await postSession(host, token)).status).toBe(200);
  });

  it.each(['null', 'http://evil.example', 'http://localhost:PORT', 'https://127.0.0.1:PORT', 'http://127.0.0.1', ''])(
    'is not taken from Origin "%s"',
    async (origin) => {
      const { host, port, token } = await running();
      const body = JSON.stringify({ token });
      const headers = {
        Origin: origin.replace('PORT', String(port)),
        'Content-Type': 'application/json',
        'Content-Length': String(body.length),
      };
      expect(await request(port, 'POST', '/session', headers, body)).toMatch(/^HTTP\/1\.1 403/u);
      // The token was not used up.
      expect((await postSession(host, token)).status).toBe(200);
    },
  );

  it('is not taken without an Origin, from a form, or in another shape', async () => {
    const { host, port, token } = await running();
    const body = JSON.stringify({ token });
    const lines = `Host: 127.0.0.1:${port}\r\nConnection: close\r\nContent-Length: ${body.length}\r\n`;
    const none = await raw(port, `POST /session HTTP/1.1\r\n${lines}Content-Type: application/json\r\n\r\n${body}`);
    expect(none).toMatch(/^HTTP\/1\.1 403/u);
    expect((await postSession(host, token, { 'Content-Type': 'text/plain' })).status).toBe(415);
    for (const odd of ['[]', 'null', '"x"', '{"token":1}', '{', '']) {
      const answer = await fetch(`${host.origin}/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: host.origin },
        body: odd,
      });
      expect(answer.status).toBe(400);
    }
    expect((await postSession(host, token)).status).toBe(200);
  });

  it('is in no answer of the host, in no header and in no body', async () => {
    const { host, port, token } = await running();
    const answers = [await request(port, 'GET', `/?token=${token}`), await request(port, 'GET', `/${token}`)];
    for (const kind of ['wrong', token, token]) {
      const answer = await postSession(host, kind);
      answers.push(JSON.stringify([...answer.headers]), await answer.text());
    }
    for (const answer of answers) expect(answer).not.toContain(token);
  });
});

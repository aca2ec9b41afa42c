/** The whole readiness board while all programs, servers and the source of a secret hang, on a test clock. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, openSync, closeSync, constants, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { wayOut } from '#core/network/way-out.ts';
import { ReadinessService } from '#core/readiness/readiness.ts';
import { steppingClock } from '../../tools/virtual-time.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';

/** The limit in electron/cli/README.md, ms. */
const PROMISED_MS = 10_000;

/** A server that accepts connections and never answers. */
async function mute(): Promise<number> {
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => void sockets.add(socket));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

it('ends within ten seconds while everything hangs, and says of each thing that it could not be found out', async () => {
  const folder = dataFolder();
  const bin = join(folder, 'bin');
  const never = join(folder, 'never');
  mkdirSync(bin);
  execFileSync('mkfifo', [never]);
  // Held open, so that reading it waits until the test closes it.
  const held = openSync(never, constants.O_RDWR);
  onTestFinished(() => closeSync(held));
  for (const name of ['fly', 'supabase', 'psql', 'docker']) {
    writeFileSync(join(bin, name), `#!/bin/sh\ntrap '' INT TERM\nread -r word < '${never}'\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const port = await mute();
  const file = join(folder, 'book.md');
  writeFileSync(
    file,
    [
      '---',
      'rollbook: 1',
      `services: { shop: { title: Shop, platform: fly, health: "http://127.0.0.1:${port}/health" } }`,
      'variables: { DATABASE_URL: { from: environment }, TOKEN: { from: environment } }',
      'database: { url: DATABASE_URL, host: 127.0.0.1, name: shop }',
      '---',
      '# Shop',
      '',
      '## Option 1: Application rollback',
      '',
      '1. **Look**',
      '   ```bash',
      '   fly status -a shop --json',
      '   supabase db dump --linked -f x.sql',
      '   psql "$DATABASE_URL" -X -c "select 1"',
      '   curl -fsS -m 9 -H "$TOKEN" "http://127.0.0.1/"',
      '   ```',
      '',
    ].join('\n'),
  );
  const before = { ...process.env };
  const address = `postgresql://ann:secret@127.0.0.1:${port}/shop`;
  Object.assign(process.env, { PATH: `${bin}:${before['PATH']}`, DATABASE_URL: address });
  const core = await testCore(folder);
  process.env = before;
  const { store, runbooks, settings } = core.services;
  const { hash, name } = await runbooks.importFile(file);
  const hangs = { kind: 'command' as const, argv: ['cat', never] };
  await settings.change({ what: 'secret', runbook: name, name: 'TOKEN', source: hangs });
  await settings.change({ what: 'connect-database', runbook: name, on: true });
  const clock = steppingClock(Date.now());
  const service = new ReadinessService({
    clock,
    store,
    runbooks,
    settings,
    host: 'cli',
    shell: { view: () => null },
    bundled: hash,
    out: wayOut({}),
  });
  const began = clock.monotonic();
  const { items } = await service.read(hash);
  expect(clock.monotonic() - began).toBeLessThanOrEqual(PROMISED_MS);
  const stateOf = Object.fromEntries(items.map(({ id, state }) => [id, state]));
  for (const id of ['login fly', 'login supabase', 'app shop', 'database', 'secret TOKEN'])
    expect(`${id}: ${stateOf[id]}`).toBe(`${id}: unknown`);
  // They were found and started, and hung.
  expect(items.filter(({ detail }) => detail.includes('not installed'))).toEqual([]);
  // Only whether the service answers is known.
  expect(stateOf['health shop']).toBe('failed');
  for (const { id, state, fix } of items) if (state === 'failed') expect(fix, id).not.toBeNull();
});

/** The folders, servers and profile files that the calls of failures.ts are about. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from './failures.ts';
import { fakeServer } from './fake-server.ts';
import { gitIn } from './git-in.ts';
import { managementApi } from './management-api.ts';
import { findPostgres, startPostgres } from './postgres.ts';

export interface MadePlace extends Place {
  readonly close: () => Promise<void>;
  /** Replaces what differs from run to run by names. */
  readonly masked: (text: string) => string;
}

export async function makePlace(): Promise<MadePlace> {
  const root = mkdtempSync(join(tmpdir(), 'rollbook-place-'));
  const folder = (name: string): string => {
    mkdirSync(join(root, name));
    return join(root, name);
  };
  const [repository, full, project, empty] = ['repository', 'full', 'project', 'empty'].map(folder) as [
    string,
    string,
    string,
    string,
  ];
  const git = gitIn(repository);
  git('init', '--quiet');
  git('commit', '--quiet', '--allow-empty', '-m', 'first');
  writeFileSync(join(repository, 'f'), 'one\n');
  git('add', 'f');
  git('commit', '--quiet', '-m', 'second');
  git('branch', 'old', 'HEAD~1');
  writeFileSync(join(repository, 'f'), 'two\n');
  writeFileSync(join(full, 'x'), 'no dump\n');
  writeFileSync(join(project, 'package.json'), '{"name":"shop","scripts":{"fails":"exit 3","speaks":"echo spoken"}}');
  const web = await fakeServer(({ path }) =>
    path === '/slow'
      ? { status: 200, body: 'late', waitMs: 10_000 }
      : { status: path === '/broken' ? 500 : 200, body: { ok: path !== '/broken' } },
  );
  const api = await fakeServer(managementApi);
  const profileOf = (name: string, url: string): string => {
    const path = join(root, `${name}.yaml`);
    writeFileSync(path, `name: ${name}\napi_url: ${url}\ndashboard_url: ${url}/dashboard\nproject_host: fake.test\n`);
    return path;
  };
  const found = findPostgres();
  const server = 'bin' in found ? await startPostgres(found.bin) : null;
  if ('missing' in found) console.info(`skipped: calls to a database: ${found.missing}`);
  const secure = 'bin' in found ? await startPostgres(found.bin, { tls: true }) : null;
  await Promise.all([server?.create('shop'), secure?.create('shop')]);
  const database = server?.url('shop') ?? null;
  const masks: readonly (readonly [string, string])[] = [
    [root, 'PLACE'],
    [web.url, 'WEB'],
    [new URL(web.url).host, 'WEB_HOST'],
    [api.url, 'API'],
    ...(server === null
      ? []
      : ([
          [server.url(''), 'DATABASE/'],
          [encodeURIComponent(server.password), 'PASSWORD'],
          [String(server.port), 'PGPORT'],
        ] as const)),
  ];
  return {
    repository,
    full,
    project,
    empty,
    web: web.url,
    profile: profileOf('fake', api.url),
    deadProfile: profileOf('dead', 'http://127.0.0.1:9'),
    database,
    secureDatabase: secure?.url('shop') ?? null,
    masked: (text) =>
      masks
        .reduce((left, [what, name]) => left.replaceAll(what, name), text)
        .replaceAll(/\S*rollbook-tools-\w+\S*/g, 'HOME')
        .replaceAll(/HEAD [0-9a-f]{7}/g, 'HEAD COMMIT'),
    close: async () => {
      await Promise.all([web.close(), api.close(), server?.stop(), secure?.stop()]);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

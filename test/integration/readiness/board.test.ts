import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckedItem, Readiness } from '#shared/readiness/readiness.ts';
import { NO_SETTINGS } from '#shared/settings/settings.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import type { Clock } from '#core/ports.ts';
import { readReadiness } from '#core/readiness/board.ts';
import { programsOf } from '#shared/runbook-check/programs.ts';
import type { ReadAnswer, ReadinessInput } from '#core/readiness/readiness-check.ts';
import { httpProbe } from '#core/runner/http-probe.ts';
import { systemClock } from '#core/system-ports.ts';

let folder = '';
let server: Server;
let address = '';
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-ready-'));
  server = createServer((_, response) => response.end('ok'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(folder, { recursive: true, force: true });
});

const runbook = (health: string): string =>
  [
    '---',
    'rollbook: 1',
    'services:',
    `  shop: { title: Shop, platform: fly, health: "${health}" }`,
    'variables:',
    '  DATABASE_URL: { from: environment }',
    'review: { every: 90d, last: 2020-01-01 }',
    '---',
    '# Shop',
    '',
    '## Rollback authority',
    '',
    '* **P1**: Team lead approval required',
    '',
    '## Option 1: Application rollback',
    '',
    '1. **Look**',
    '   ```bash',
    '   fly status -a shop --json',
    '   supabase db dump --linked -f x.sql',
    '   psql "$DATABASE_URL" -X -c "select 1"',
    '   ```',
    '',
  ].join('\n');

interface SimulatedCloud {
  readonly clock?: Clock;
  readonly environment?: Record<string, string>;
  readonly health?: string;
  readonly answers?: Readonly<Record<string, ReadAnswer>>;
  readonly approvers?: ReadinessInput['settings']['approvers'];
  readonly only?: readonly string[];
}

function board({
  clock = systemClock(),
  environment = {},
  health = address,
  answers = {},
  approvers = [],
  only,
}: SimulatedCloud = {}): Promise<Readiness> {
  const { model, source } = parseRunbook(runbook(health), 'book.md');
  const input: ReadinessInput = {
    model,
    programs: programsOf(model),
    practised: { bundled: false, isOf: () => true },
    source,
    clock,
    environment,
    tools: { locate: (tool) => Promise.resolve(tool === 'psql' ? null : { path: `/opt/${tool}`, version: '1.2.3' }) },
    http: httpProbe(clock),
    fetch,
    store: { folder, list: () => [], events: () => [] },
    read: (tool, args) =>
      Promise.resolve(answers[`${tool} ${args[0]}`] ?? { kind: 'not-asked', why: `${tool} is not installed` }),
    settings: { ...NO_SETTINGS, approvers },
    readSecret: () => Promise.resolve(null),
    host: 'cli',
    shell: null,
  };
  return readReadiness(input, 'hash', only ?? null);
}

const said = (stdout: string, code = 0, stderr = ''): ReadAnswer => ({ kind: 'answer', code, stdout, stderr });
const item = ({ items }: Readiness, id: string): CheckedItem => {
  const found = items.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no item ${id}`);
  return found;
};

describe('the readiness board', () => {
  it('tells what is there, and what to do about the rest', async () => {
    const result = await board({
      environment: { DATABASE_URL: 'postgresql://postgres:hunter2@db.example:5432/shop' },
      answers: {
        'fly auth': said('{\n    "email": "ann@example.com"\n}\n'),
        'fly status': said('{"Machines":[{"state": "started"},{"state": "started"}],"Version": 10}'),
        'supabase projects': said('', 1, 'Access token not provided. Supply an access token by running supabase login'),
        'docker version': said('', 1, 'Cannot connect to the Docker daemon'),
      },
    });
    const states = Object.fromEntries(result.items.map(({ id, state }) => [id, state]));
    expect(states).toEqual({
      'tool fly': 'ok',
      'tool supabase': 'ok',
      'tool psql': 'failed',
      'login fly': 'ok',
      'login supabase': 'failed',
      'app shop': 'ok',
      'secret DATABASE_URL': 'ok',
      'health shop': 'ok',
      clock: 'ok',
      disk: states['disk'],
      checkout: 'warning',
      approvers: 'warning',
      awake: 'warning',
      docker: 'failed',
      runbook: 'warning',
      drill: 'warning',
      'last-proven': 'warning',
    });
    expect(item(result, 'login fly').detail).toBe('ann@example.com');
    expect(item(result, 'app shop').detail).toBe('2 started machines, release v10');
    expect(item(result, 'tool fly').detail).toBe('/opt/fly 1.2.3');
    expect(
      result.items.filter(({ state, fix }) => (state === 'failed' || state === 'warning') && fix === null),
    ).toEqual([]);
  });

  it('says whether somebody is named who may approve', async () => {
    const found = async (approvers: NonNullable<SimulatedCloud['approvers']>) =>
      item(await board({ approvers, only: ['approvers'] }), 'approvers');
    expect(await found([])).toMatchObject({
      state: 'warning',
      detail: expect.stringContaining('nobody is named') as string,
    });
    expect(await found([{ name: 'Kim', role: 'Engineer' }])).toMatchObject({
      state: 'warning',
      detail: 'Kim (Engineer): none of them is a team lead',
    });
    expect(await found([{ name: 'Lena', role: 'Team lead' }])).toMatchObject({
      state: 'ok',
      detail: 'Lena (Team lead)',
    });
  });

  it('never tells the value of a secret', async () => {
    const result = await board({ environment: { DATABASE_URL: 'postgresql://postgres:hunter2@db.example:6543/shop' } });
    expect(item(result, 'secret DATABASE_URL')).toMatchObject({
      state: 'warning',
      detail: 'db.example:6543/shop is the pooler',
    });
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  it.each([
    ['postgresql//nonsense', 'not an address'],
    ['mysql://a@b/c', 'begins with mysql:'],
    ['postgresql://host', 'no database'],
    ['', 'not set'],
  ])('refuses DATABASE_URL %s', async (value, why) => {
    const found = item(await board({ environment: { DATABASE_URL: value } }), 'secret DATABASE_URL');
    expect(found.state).toBe('failed');
    expect(found.detail).toContain(why);
  });

  it('says so when an app may not be seen, and when a login cannot be tried without a network', async () => {
    const result = await board({
      answers: {
        'fly auth': said('', 1, 'Error: Post "https://api.fly.io/graphql": dial tcp: lookup api.fly.io: no such host'),
        'fly status': said('', 1, 'Error: failed to get app: Could not find App "shop"'),
      },
    });
    expect(item(result, 'login fly').state).toBe('unknown');
    expect(item(result, 'app shop')).toMatchObject({
      state: 'failed',
      detail: 'there is no app shop that this login may see',
    });
  });

  it('looks again at what is named, and at nothing else', async () => {
    const result = await board({ only: ['disk', 'drill'] });
    expect(result.items.map(({ id }) => id)).toEqual(['disk', 'drill']);
  });

  it('ends when its time is over though nothing answers', async () => {
    const wall = systemClock();
    // The limit passes at once; the simulated cloud never answers.
    const clock: Clock = { ...wall, sleep: () => Promise.resolve() };
    const { model, source } = parseRunbook(runbook(address), 'book.md');
    const never = (): Promise<never> => new Promise(() => {});
    const result = await readReadiness(
      {
        model,
        programs: programsOf(model),
        practised: { bundled: false, isOf: () => true },
        source,
        clock,
        environment: {},
        tools: { locate: never },
        http: { get: never },
        fetch: never,
        store: { folder, list: () => [], events: () => [] },
        read: never,
        settings: NO_SETTINGS,
        readSecret: () => Promise.resolve(null),
        host: 'cli',
        shell: null,
      },
      'hash',
      null,
    );
    expect(item(result, 'login fly')).toMatchObject({ state: 'unknown', detail: 'not found out within 7 s' });
    expect(item(result, 'health shop').state).toBe('unknown');
  });
});

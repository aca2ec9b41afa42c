/** Real Supabase CLIs with a fake Management API: checks the facts that Rollbook relies on for each version. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { systemClock } from '#core/system-ports.ts';
import { checkWithTools } from '#core/runbook-check/check-file.ts';
import { SUPABASE_VERSIONS, SUPABASE_WITH_GO } from '../../build/checks/real-tools.mjs';
import { skippedFor } from '../fixtures/skipping.ts';
import { REF, TOKEN } from './failures.ts';
import { type FakeServer, fakeServer } from './fake-server.ts';
import { managementApi } from './management-api.ts';
import { missingTool, realTool, run } from './real-tool.ts';

let server: FakeServer;
let folder = '';
beforeEach(async () => {
  server = await fakeServer(managementApi);
  folder = mkdtempSync(join(tmpdir(), 'rollbook-profile-'));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function profile(): Record<string, string> {
  const path = join(folder, 'fake.yaml');
  writeFileSync(
    path,
    `name: fake\napi_url: ${server.url}\ndashboard_url: ${server.url}/dashboard\nproject_host: fake.test\n`,
  );
  return { SUPABASE_PROFILE: path, SUPABASE_ACCESS_TOKEN: TOKEN };
}

const proven: string[] = [];
afterAll(() => console.info(`supabase, proven: ${proven.join(', ') || 'nothing'}`));

describe.each(SUPABASE_VERSIONS)('supabase %s', (version) => {
  const path = realTool(`supabase ${version}`);
  const isThree = version.startsWith('3.');
  const project = isThree ? [`--remote=${REF}`] : ['--project-ref', REF];

  describe('the real binary', skippedFor(missingTool(`supabase ${version}`)), () => {
    const supabase = (args: readonly string[], env = profile()): ReturnType<typeof run> => run(path ?? '', args, env);

    it('tells its version, and lists projects as JSON on stdout', async () => {
      expect((await supabase(['--version'])).stdout.trim()).toContain(version);
      const { code, stdout } = await supabase(['projects', 'list', '-o', 'json']);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject([{ ref: REF, name: 'shop', status: 'ACTIVE_HEALTHY' }]);
      proven.push(`${version} projects list`);
    });

    it('lists backups as JSON', async () => {
      const { code, stdout, stderr } = await supabase(['backups', 'list', ...project, '-o', 'json']);
      expect(code, stderr).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ pitr_enabled: true, backups: [{ id: 1, status: 'COMPLETED' }] });
    });

    it('starts a restore and comes back before it is done', async () => {
      const { code, stderr } = await supabase([
        'backups',
        'restore',
        ...project,
        '-t',
        '1707407047',
        ...(isThree ? ['--yes'] : []),
      ]);
      expect(code, stderr).toBe(0);
      const posted = server.asked.find(({ method }) => method === 'POST');
      expect(posted?.body).toEqual({ recovery_time_target_unix: 1707407047 });
    });

    it('changes nothing hosted without --yes', skippedFor(isThree ? null : 'version 2 asks nobody'), async () => {
      const { code, stderr } = await supabase(['backups', 'restore', ...project, '-t', '1707407047']);
      expect(code).toBe(1);
      expect(stderr).toContain('Nothing was changed');
      expect(server.asked.filter(({ method }) => method === 'POST')).toEqual([]);
    });

    it('ends with 1 and says so on stderr without a login', async () => {
      const { code, stdout, stderr } = await supabase(['projects', 'list', '-o', 'json'], {
        SUPABASE_PROFILE: profile()['SUPABASE_PROFILE'] ?? '',
      });
      expect(code).toBe(1);
      expect(stdout.trim()).toBe('');
      expect(stderr).toContain('Access token not provided');
    });

    it('ends with 1 when the token is refused', async () => {
      const { code, stderr } = await supabase(['projects', 'list'], {
        ...profile(),
        SUPABASE_ACCESS_TOKEN: `sbp_${'1'.repeat(40)}`,
      });
      expect(code).toBe(1);
      expect(stderr).toMatch(/401|unauthor/i);
    });

    it.each([
      ['db', 'migrations', 'list'],
      ['db', 'list-backups'],
      ['db', 'restore', '42'],
      ['db', 'migration', 'apply', 'x.sql'],
    ])('has no command: %s %s', async (...words) => {
      const { code } = await supabase(words.filter((word): word is string => word !== undefined));
      expect(code).toBe(1);
    });

    it('is read by the probe, which finds what it lacks and nothing else', async () => {
      const commands = [
        'supabase db migrations list',
        'supabase migration list --linked',
        'supabase backups list',
        'supabase db dump --linked -f x.sql',
        'supabase db dump --no-such-flag',
      ];
      const { model, source } = parseRunbook(['# T', '', '```bash', ...commands, '```', ''].join('\n'), 'book.md');
      const result = await checkWithTools(model, source, {
        name: 'runbook.md',
        clock: systemClock(),
        environment: { PATH: join(path ?? '', '..') },
        dataFolder: folder,
        ownFolders: [join(folder, 'book')],
        probe: true,
      });
      expect(result.tools).toMatchObject([{ tool: 'supabase', version, why: null }]);
      expect(result.findings.filter(({ rule }) => rule.startsWith('unknown')).map(({ command }) => command)).toEqual([
        'supabase db migrations list',
        'supabase db dump --no-such-flag',
      ]);
      proven.push(`${version} probe`);
    });
  });
});

describe(`supabase-go of ${SUPABASE_WITH_GO}, which behaves as the CLI of 2025`, () => {
  const path = realTool(`supabase ${SUPABASE_WITH_GO}`)?.replace(/supabase$/, 'supabase-go') ?? null;

  const skipped = skippedFor(missingTool(`supabase ${SUPABASE_WITH_GO}`));

  it('prints help and ends with 0 for a command it does not have', skipped, async () => {
    for (const words of [
      ['db', 'migrations', 'list'],
      ['db', 'list-backups'],
      ['db', 'restore', '42'],
    ]) {
      const { code, stdout } = await run(path ?? '', words, profile());
      expect(code).toBe(0);
      expect(stdout).toContain('supabase db [command]');
    }
    proven.push('supabase-go: exit 0 for unknown commands');
  });
});

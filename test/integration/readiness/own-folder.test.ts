/**
 * Readiness and the check run tools with --help, also for a runbook that is not reviewed, but never programs that came
 * with it.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { prependPath } from '../../fixtures/environment.ts';

const RUNBOOK =
  '---\nrollbook: 1\ntitle: Team\nservices:\n  shop: { title: Shop, platform: fly, health: "http://127.0.0.1:9/" }\n---\n\n' +
  '# Team\n\n## Option 1: Look\n\n1. **Look**\n   ```bash\n   fly status -a shop --json\n   ```\n';

it.each(['beside the runbook', 'in its checkout'] as const)('starts no program that lies %s', async (where) => {
  const folder = dataFolder();
  const [book, bin] = [join(folder, 'book'), join(folder, where === 'in its checkout' ? 'checkout' : 'book', 'bin')];
  const started = join(folder, 'started');
  for (const each of [book, bin]) mkdirSync(each, { recursive: true });
  writeFileSync(join(bin, 'fly'), `#!/bin/sh\necho "$*" >>'${started}'\n`, { mode: 0o755 });
  writeFileSync(join(book, 'team.md'), RUNBOOK);
  prependPath(bin);
  const { runbooks, readiness, checks, settings } = (await testCore()).services;
  const { hash, name } = await runbooks.importFile(join(book, 'team.md'));
  if (where === 'in its checkout')
    await settings.change({ what: 'checkout', runbook: name, path: join(folder, 'checkout') });
  const { items } = await readiness.read(hash, ['tool fly', 'login fly', 'app shop']);
  expect(existsSync(started)).toBe(false);
  expect(items).toContainEqual(
    expect.objectContaining({
      id: 'login fly',
      detail: expect.stringContaining('in a folder of the runbook') as string,
    }),
  );
  const { tools } = await checks.check(hash, true);
  expect(existsSync(started)).toBe(false);
  expect(tools).toContainEqual(
    expect.objectContaining({ tool: 'fly', why: 'it is in the folder of the runbook or its checkout' }),
  );
});

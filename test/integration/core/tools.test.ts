import { accessSync, constants, existsSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LocatedTool } from '#shared/api/calls.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { prependPath } from '../../fixtures/environment.ts';

describe('tools.locate', () => {
  it('answers in the order asked: the absolute path of what is there, null for what is not', async () => {
    const window = (await testCore()).connect(() => undefined);
    const answer = await window.call('tools.locate', { tools: ['no-such-tool-anywhere', 'sh'] });
    if (!answer.ok) throw new Error(answer.error.message);
    const [missing, shell] = answer.value as readonly LocatedTool[];
    expect(missing).toEqual({ tool: 'no-such-tool-anywhere', path: null, version: '' });
    expect(shell?.tool).toBe('sh');
    expect(isAbsolute(shell?.path ?? '')).toBe(true);
    expect(() => accessSync(shell?.path ?? '', constants.X_OK)).not.toThrow();
  });

  it('starts no program that it does not know: a script may take no notice of --version', async () => {
    const folder = dataFolder();
    for (const name of ['deploy-it', 'git'])
      writeFileSync(join(folder, name), `#!/bin/sh\necho ${name} >>'${folder}/starts'\necho 1.2.3\n`, { mode: 0o755 });
    prependPath(folder);
    const { tools } = (await testCore()).services;
    expect(await tools.locate('deploy-it')).toEqual({ path: join(folder, 'deploy-it'), version: '' });
    expect(await tools.locate(join(folder, 'git'))).toEqual({ path: join(folder, 'git'), version: '' });
    expect(existsSync(join(folder, 'starts'))).toBe(false);
    expect(await tools.locate('git')).toEqual({ path: join(folder, 'git'), version: '1.2.3' });
  });

  it.each(['/bin/sh', '../sh', '-rf', 'sh -c true', ''])('takes plain names only, not "%s"', async (tool) => {
    const window = (await testCore()).connect(() => undefined);
    expect(await window.call('tools.locate', { tools: [tool] })).toMatchObject({
      ok: false,
      error: { code: 'bad-arguments' },
    });
  });
});

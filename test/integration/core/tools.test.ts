import { accessSync, constants } from 'node:fs';
import { isAbsolute } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LocatedTool } from '#shared/contract/calls.ts';
import { testCore } from '../../fixtures/data-folder.ts';

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

  it.each(['/bin/sh', '../sh', '-rf', 'sh -c true', ''])('takes plain names only, not "%s"', async (tool) => {
    const window = (await testCore()).connect(() => undefined);
    expect(await window.call('tools.locate', { tools: [tool] })).toMatchObject({
      ok: false,
      error: { code: 'bad-arguments' },
    });
  });
});

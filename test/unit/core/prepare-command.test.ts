import { parse } from 'unbash';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { prepareCommand } from '#core/runner/prepare-command.ts';

vi.mock('unbash', { spy: true });
beforeEach(() => void vi.mocked(parse).mockClear());

describe('a command that is run', () => {
  it.each([
    ['words', 'fly status -a $APP', ['status', '-a', 'shop']],
    ['script', 'fly status -a "$APP" | head -1', ['-o', 'pipefail', '-c', 'fly status -a "$APP" | head -1']],
  ] as const)('of the form %s is parsed once', (form, text, args) => {
    expect(prepareCommand({ text, form, line: 1 }, { APP: 'shop' }).args).toEqual(args);
    expect(parse).toHaveBeenCalledTimes(1);
  });

  it('that cannot be read is refused with its line', () => {
    const text = `echo ${'$('.repeat(2_000)}${')'.repeat(2_000)}`;
    for (const form of ['words', 'script'] as const)
      expect(() => prepareCommand({ text, form, line: 7 }, {})).toThrow(
        'The command in line 7 cannot be run from here: it is nested too deeply.',
      );
  });
});

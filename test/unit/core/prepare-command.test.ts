import { describe, expect, it } from 'vitest';
import { prepareCommand } from '#core/engine/prepare-run.ts';

describe('a command that is run', () => {
  it('that cannot be read is refused with its line', () => {
    const text = `echo ${'$('.repeat(2_000)}${')'.repeat(2_000)}`;
    for (const form of ['words', 'script'] as const)
      expect(() => prepareCommand({ text, form, line: 7 }, {})).toThrow(
        'The command in line 7 cannot be run from here: it is nested too deeply.',
      );
  });
});

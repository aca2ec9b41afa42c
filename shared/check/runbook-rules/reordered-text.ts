import { allCommands } from '../../runbook/all-commands.ts';
import { codeOf } from '../../words/visible.ts';
import type { RunbookRule } from '../runbook-rule.ts';

/** Overrides, embeddings and isolates: what stands behind one is shown in another order than it is written in. */
const REORDERS = /[\u202A-\u202E\u2066-\u2069]+/g;

export const reorderedText: RunbookRule = {
  name: 'reordered-text',
  severity: 'warning',
  about: 'A character that is not shown makes text outside of commands, a comment too, read in another order.',
  bad: [
    '# Shop\n\nNever run \u202Ella tratser\u202C here.\n',
    '# Shop\n\n```bash\n# \u2066drop nothing\u2069\nfly status -a shop\n```\n',
  ],
  good: ['# Shop\n\nשלום, restart it.\n', '# Shop\n\n```bash\nfly status -a shop\n```\n'],
  check: ({ model, source }) => {
    const commands = allCommands(model);
    // Those in a command are the finding of a rule of their own.
    return [...source.matchAll(REORDERS)]
      .filter(({ index }) => !commands.some(({ start, end }) => start <= index && index < end))
      .slice(0, 100)
      .map(({ index, 0: found }) => ({
        start: index,
        end: index + found.length,
        shown: Array.from(found, codeOf).join(' '),
        message: 'It is not shown, and what stands behind it reads in another order.',
        fix: 'Take it out.',
        source: 'Unicode Standard Annex 9, Bidirectional Algorithm',
      }));
  },
};

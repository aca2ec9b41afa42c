import type { RunbookRule } from '../runbook-rule.ts';

export const noProcedure: RunbookRule = {
  name: 'no-procedure',
  severity: 'warning',
  about: 'A file that nothing can be run from: it is empty, or neither procedures nor commands were found in it.',
  bad: ['# Notes\n\nCall Ann.\n', ' \n', '---\nrollbook: 1\n---\n'],
  good: ['# Shop\n\n## Option 1: Roll back\n\n1. **List**\n   ```bash\n   fly releases -a shop --json\n   ```\n'],
  check: ({ model: { procedures }, source }) => {
    if (procedures.length > 0) return [];
    const empty = source.trim() === '';
    return [
      {
        start: 0,
        end: source.length,
        message: empty
          ? 'The file is empty: there is nothing to check and nothing to run.'
          : 'No procedure was found in it: no heading such as "Option 1: ...", no numbered steps, no section with commands.',
        source: 'shared/runbook/FORMAT.md, "What is read from plain Markdown"',
        fix: 'Write a heading "Option 1: ..." with numbered steps below it, their commands in ```bash fences; rollbook show FILE prints what is understood.',
      },
    ];
  },
};

/** Rules about what the parser could not read: hints, commands, or any procedure at all. */
import type { RunbookRule } from '../rule.ts';

const runbook = (hints: string, command = 'fly status -a shop --json'): string =>
  `# Shop\n\n## Option 1: Roll back\n\n1. **Look**\n   \`\`\`bash ${hints}\n   ${command}\n   \`\`\`\n`;

export const unreadHint: RunbookRule = {
  name: 'unread-hint',
  severity: 'error',
  about: 'A hint of a code block that has no effect: its pattern or value cannot be read, or its name is misspelled.',
  bad: [
    runbook('expect="^a (b"'),
    runbook('reject="(?!started)"'),
    runbook('exepct=started'),
    runbook('step=deploy-relase'),
    runbook('timeout=soon'),
  ],
  good: [
    runbook('expect="^started" reject="\\(none\\)" exit=0,3 timeout=15s'),
    runbook('title="status.sh" {1,3}'),
    '# Shop\n\n```yaml timeouts=3\na: b\n```\n',
  ],
  check: ({ model }) =>
    model.gaps.flatMap(({ code, message, advice, at }) =>
      code === 'unread-hint' && at !== undefined
        ? [
            {
              ...at,
              message,
              fix: advice,
              source: 'shared/runbook/FORMAT.md, "Hints in a fence"; github.com/google/re2/wiki/Syntax',
            },
          ]
        : [],
    ),
};

export const unreadableCommand: RunbookRule = {
  name: 'unreadable-command',
  severity: 'error',
  about: 'A command that bash rejects, or that is too long: it cannot be run.',
  bad: [runbook('', 'fly status -a "shop'), runbook('', `echo ${'a'.repeat(21_000)}`)],
  good: [runbook('', 'fly status -a "shop"')],
  check: ({ model, source }) =>
    model.gaps.flatMap(({ code, message, advice, at }) =>
      code === 'unreadable-command' && at !== undefined
        ? [{ ...at, shown: firstLine(source.slice(at.start, at.end)), message, fix: advice, source: 'bash(1)' }]
        : [],
    ),
};

/** Its beginning is enough to find the command. */
const firstLine = (text: string): string => (text.split('\n', 1)[0] ?? '').slice(0, 200);

export const noProcedure: RunbookRule = {
  name: 'no-procedure',
  severity: 'warning',
  about: 'A file with nothing to run: it is empty, or no procedures or commands were found in it.',
  bad: ['# Notes\n\nCall Ann.\n', ' \n', '---\nrollbook: 1\n---\n'],
  good: ['# Shop\n\n## Option 1: Roll back\n\n1. **List**\n   ```bash\n   fly releases -a shop --json\n   ```\n'],
  check: ({ model: { procedures }, source }) => {
    if (procedures.length > 0) return [];
    const empty = source.trim() === '';
    return [
      {
        start: 0,
        end: source.length,
        // A page without a procedure is no fault; one that is meant as a runbook has one.
        severity: empty || /^---\s*\n[^]*?^rollbook:/m.test(source) ? 'warning' : 'note',
        message: empty
          ? 'The file is empty: there is nothing to check and nothing to run.'
          : 'No procedure was found: no heading such as "Option 1: ...", no numbered steps, no section with commands.',
        source: 'shared/runbook/FORMAT.md, "What is read from plain Markdown"',
        fix: 'Write a heading "Option 1: ..." with numbered steps below it and their commands in ```bash code blocks; rollbook show FILE prints what Rollbook reads.',
      },
    ];
  },
};

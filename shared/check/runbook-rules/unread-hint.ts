import type { RunbookRule } from '../runbook-rule.ts';

const runbook = (hints: string): string =>
  `# Shop\n\n## Option 1: Roll back\n\n1. **Look**\n   \`\`\`bash ${hints}\n   fly status -a shop --json\n   \`\`\`\n`;

export const unreadHint: RunbookRule = {
  name: 'unread-hint',
  severity: 'error',
  about: 'A hint of a fence that does nothing: a pattern or value that cannot be read, or a slip in its name.',
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

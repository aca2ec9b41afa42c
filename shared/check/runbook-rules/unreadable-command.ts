import type { RunbookRule } from '../runbook-rule.ts';

const runbook = (command: string): string =>
  `# Shop\n\n## Option 1: Roll back\n\n1. **Look**\n   \`\`\`bash\n   ${command}\n   \`\`\`\n`;

export const unreadableCommand: RunbookRule = {
  name: 'unreadable-command',
  severity: 'error',
  about: 'A command that bash would refuse, or that is too long to be read: it cannot be run.',
  bad: [runbook('fly status -a "shop'), runbook(`echo ${'a'.repeat(21_000)}`)],
  good: [runbook('fly status -a "shop"')],
  check: ({ model, source }) =>
    model.gaps.flatMap(({ code, message, advice, at }) =>
      code === 'unreadable-command' && at !== undefined
        ? [{ ...at, shown: firstOf(source.slice(at.start, at.end)), message, fix: advice, source: 'bash(1)' }]
        : [],
    ),
};

/** Enough to find it by. */
const firstOf = (text: string): string => (text.split('\n', 1)[0] ?? '').slice(0, 200);

/** A question whose answers come from what an earlier step printed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answering, commandLine } from '../../fixtures/command-line.ts';
import { fakePrograms } from '../../fixtures/fake-programs.ts';

const book = (column: string): string => `---
rollbook: 1
variables:
  BACKUP:
    from: prompt
    ask: Which backup
    choices: { of: list, read: { table: { release: ${column} } } }
---
# Pier

| Severity | Condition | Action | Timeframe |
|---|---|---|---|
| P0 | Outage | Restore | <5 min |

## Option 1: Restore after the outage

**Use when**: it burnt

1. **List the backups**
   \`\`\`bash effect=read id=list
   pierctl backups
   \`\`\`
2. **Restore one**
   \`\`\`bash effect=change
   pierctl restore "$BACKUP"
   \`\`\`
`;

const PRINTED = "printf 'NAME       SIZE  NO\\nnight-2    2 GB  7\\nnight 1    1 GB  8\\n'";

async function restore(column: string, typed: string) {
  const programs = fakePrograms({ pierctl: `case $1 in backups) ${PRINTED};; *) echo "restored $2";; esac` });
  const line = commandLine();
  writeFileSync(join(line.cwd, 'pier.md'), book(column));
  const { out } = await line.run(
    ['run', 'pier.md', '--trust', '--row', '1', '--service', ''],
    answering([
      { to: 'Which backup', type: typed, once: true },
      { to: 'What now?', type: null },
      { to: '? Enter does it', type: '' },
      { to: '', type: '1' },
    ]),
  );
  return { out, calls: programs.calls() };
}

describe('a question with answers from an output', () => {
  it('offers them with numbers, and takes the number or anything typed', async () => {
    const { out, calls } = await restore('NAME', '2');
    expect(out).toContain('  1. night-2\n  2. night 1\nWhich backup ($BACKUP, or a number of the list)');
    expect(calls).toContain('pierctl restore night 1');
    expect((await restore('NAME', 'night-0')).calls).toContain('pierctl restore night-0');
  });

  it('has no numbers where the values are numbers', async () => {
    const { out, calls } = await restore('NO', '8');
    expect(out).toContain('  - 7\n  - 8\nWhich backup ($BACKUP):');
    expect(calls).toContain('pierctl restore 8');
  });

  it('is asked as ever when the output cannot be read so', async () => {
    const { out, calls } = await restore('MISSING', '2');
    expect(out).toContain('Which backup ($BACKUP):');
    expect(calls).toContain('pierctl restore 2');
  });
});

/** A question whose answers come from what an earlier step printed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answering, commandLine } from '../../fixtures/command-line.ts';
import { fakePrograms } from '../../fixtures/fake-programs.ts';

const book = (choices: string): string => `---
rollbook: 1
variables:
  BACKUP:
    from: prompt
    ask: Which backup
    ${choices}
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

const table = (column: string): string => `choices: { of: list, read: { table: { release: ${column} } } }`;

async function restore(choices: string, typed: string, printed = PRINTED) {
  const programs = fakePrograms({ pierctl: `case $1 in backups) ${printed};; *) echo "restored $2";; esac` });
  const line = commandLine();
  writeFileSync(join(line.cwd, 'pier.md'), book(choices));
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
    const { out, calls } = await restore(table('NAME'), '2');
    expect(out).toContain('  1. night-2\n  2. night 1\nWhich backup ($BACKUP, or a number of the list)');
    expect(calls).toContain('pierctl restore night 1');
    expect((await restore(table('NAME'), 'night-0')).calls).toContain('pierctl restore night-0');
  });

  it('takes a bare number for the value where the values are numbers, and #2 for the second', async () => {
    const { out, calls } = await restore(table('NO'), '8');
    expect(out).toContain('  #1 7\n  #2 8\nWhich backup ($BACKUP, or #1 for the first of the list):');
    expect(calls).toContain('pierctl restore 8');
    expect((await restore(table('NO'), '#1')).calls).toContain('pierctl restore 7');
  });

  it('is asked as ever when the output cannot be read so', async () => {
    const { out, calls } = await restore(table('MISSING'), '2');
    expect(out).toContain('Which backup ($BACKUP):');
    expect(calls).toContain('pierctl restore 2');
  });

  it('reads an output of any length whole, also JSON and patterns', async () => {
    const many = 'i=1; while [ $i -le 60 ]; do echo "backup night-$i of the pier"; i=$((i+1)); done';
    const lines = "choices: { of: list, read: { lines: 'backup (?P<release>[a-z]+-[0-9]+)' } }";
    const { out, calls } = await restore(lines, '2', many);
    expect(out).toContain('  1. night-1\n  2. night-2\n');
    expect(out).toContain('  ... 40 more, # lists them ...');
    expect(calls).toContain('pierctl restore night-2');
    const json = `printf '['; i=1; while [ $i -le 40 ]; do printf '{"tag":\\n"night-%s"},\\n' $i; i=$((i+1)); done; echo '{"tag":"last"}]'`;
    const fields = await restore('choices: { of: list, read: { json: { release: tag } } }', '3', json);
    expect(fields.calls).toContain('pierctl restore night-3');
  });

  it('without choices offers every value that the step before printed and the pattern accepts', async () => {
    const { out, calls } = await restore("pattern: 'night.*'", '#2');
    expect(out).toContain('  #1 night-2  (NAME)\n  #2 night 1  (NAME)\nWhich backup ($BACKUP, or #1 for the first');
    expect(calls).toContain('pierctl restore night 1');
    // A bare number is the value itself.
    expect((await restore('', '2')).calls).toContain('pierctl restore 2');
  });

  it('without a reader offers every value of the step that is named', async () => {
    const { out, calls } = await restore('choices: { of: list }', '#3');
    expect(out).toContain('  #1 night-2  (NAME)\n  #2 2 GB  (SIZE)\n  #3 7  (NO)\n');
    expect(calls).toContain('pierctl restore 7');
  });
});

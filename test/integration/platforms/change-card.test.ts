/** The card before a change that a runbook writes itself. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answering, commandLine } from '../../fixtures/command-line.ts';
import { fakePrograms } from '../../fixtures/fake-programs.ts';

const BOOK = `---
rollbook: 1
variables:
  SERVICE: { from: service.id }
---
# Pier

| Severity | Condition | Action | Timeframe |
|---|---|---|---|
| P0 | Outage | Close | <5 min |

## Option 1: Close the outage

**Use when**: it burns

1. **Close**
   \`\`\`bash effect=change undo="pierctl open $SERVICE"
   pierctl close "$SERVICE"
   \`\`\`
   \`\`\`bash proof effect=read within=1s expect=closed
   pierctl state "$SERVICE"
   \`\`\`
2. **Drain**
   \`\`\`bash effect=change
   pierctl drain
   \`\`\`
3. **Look at the water**
   \`\`\`bash effect=read
   pierctl water
   \`\`\`
4. **Ring the bell**
   \`\`\`bash effect=change
   pierctl ring
   \`\`\`
`;

/** The lines printed before the question that starts this command. */
function cardBefore(out: string, command: string): string {
  const at = out.indexOf(`Run ${command}? Enter does it`);
  expect(at).toBeGreaterThan(0);
  return out.slice(out.lastIndexOf('Step ', at), at);
}

describe('the card before a change', () => {
  it('has the command with its values, the target, what undoes it, and what will prove it', async () => {
    fakePrograms({ pierctl: 'case $1 in state) echo "$2 is closed";; *) echo done;; esac' });
    const line = commandLine();
    writeFileSync(join(line.cwd, 'pier.md'), BOOK);
    const { out } = await line.run(
      ['run', 'pier.md', '--trust', '--row', '1', '--service', 'pier-9'],
      answering([
        { to: 'Which procedure', type: '1' },
        { to: 'I checked it myself', type: '1' },
        { to: 'Is it gone?', type: '1' },
        { to: 'What do you see', type: 'quiet' },
        { to: '? Enter does it', type: '' },
        { to: 'Resolve the incident with one sentence', type: 'Closed.' },
        { to: '', type: '1' },
      ]),
    );
    const close = cardBefore(out, 'pierctl close "$SERVICE"');
    expect(close).toContain('Runs: pierctl close pier-9');
    expect(close).toContain('Target: pier-9');
    expect(close).toContain('Undo: pierctl open pier-9');
    expect(close).toContain('Proof: pierctl state pier-9');
    const drain = cardBefore(out, 'pierctl drain');
    expect(drain).toContain('Undo: no undo declared');
    expect(drain).toContain('the next step, "Look at the water", shows whether it worked');
    expect(cardBefore(out, 'pierctl ring')).toContain('Proof: nothing proves this');
  });

  it('that failed although its post-condition is met can be gone on from at once', async () => {
    fakePrograms({
      pierctl:
        'case $1 in state) echo "$2 is closed";; close) echo "request canceled" >&2; exit 1;; *) echo done;; esac',
    });
    const line = commandLine();
    writeFileSync(join(line.cwd, 'pier.md'), BOOK);
    const { out } = await line.run(
      ['run', 'pier.md', '--trust', '--row', '1', '--service', 'pier-9'],
      answering([
        { to: '2. It works, go on: the post-condition is met', type: '2', once: true },
        { to: 'Run pierctl drain?', type: null },
        { to: '? Enter does it', type: '' },
        { to: '', type: '1' },
      ]),
    );
    expect(out).toContain('Step "Close" failed');
    expect(out).toContain('Run pierctl drain? Enter does it');
  });
});

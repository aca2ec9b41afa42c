/** Every text of a runbook has hidden or look-alike characters: none of them reaches a terminal unchanged. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';

/** A look-alike, a bidirectional mark, a zero-width space and a joiner. */
const EVIL = 'p\u0430y\u202e\u200bx\u200d';
/** Characters that move the cursor or ring. A runbook file with them is refused, but people and tools can enter them. */
const WORSE = `${EVIL}\u001b[2K\u0007\u009b1A`;
const RAW =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /p\u0430|\u200d|[\u202e\u200b\u0007\u009b\u001b]/;

const RUNBOOK = `---
rollbook: 1
services:
  shop: { title: Shop, platform: fly, health: "http://127.0.0.1:9/up" }
---
# ${EVIL} title

**Owner ${EVIL}**: Ann ${EVIL}

## Emergency contacts

| Role ${EVIL} | Name | Contact |
|---|---|---|
| Lead ${EVIL} | Ann ${EVIL} | ${EVIL} |

**Escalation**: Ann ${EVIL}, then Bob ${EVIL}

| Severity | Condition | Action | Timeframe |
|---|---|---|---|
| P0 | Down ${EVIL} | Go back ${EVIL} | <5 min |

## Rollback authority

* **P0**: Any engineer ${EVIL}

## Option 1: Back ${EVIL}

**Use when**: ${EVIL}

1. **Look ${EVIL}**
   - [ ] Seen ${EVIL}
   \`\`\`bash effect=read ${EVIL}=1 expect="(${EVIL}"
   printf '%b' 'a \\0033[2K \\0007 ${EVIL}\\n'
   fly ${EVIL} -a shop
   \`\`\`
2. **Change ${EVIL}**
   \`\`\`bash effect=change
   printf '%s' '${EVIL}'
   \`\`\`
3. **Notify the team ${EVIL}**
   \`\`\`text
   We go back ${EVIL}
   \`\`\`

## Within 1 hour ${EVIL}

- [ ] Tell ${EVIL}

## Issue: it fails ${EVIL}

Run \`fly ${EVIL}\` ${EVIL}.
`;

describe('a runbook with hidden characters', () => {
  it('shows each of them as its code, whatever command prints it', async () => {
    const line = commandLine();
    const name = `r-p\u0430y\u202e.md`;
    const file = join(line.cwd, name);
    writeFileSync(file, RUNBOOK);
    const told: string[] = [];
    const run = async (args: readonly string[], input: readonly string[] = []): Promise<string> => {
      const { out, err } = await line.run(args, input);
      for (const text of [out, err]) {
        const at = text.search(RAW);
        if (at >= 0) told.push(`${args.join(' ')}: ${JSON.stringify(text.slice(Math.max(0, at - 60), at + 30))}`);
      }
      return out + err;
    };
    for (const words of [
      ['show'],
      ['check', '--no-probe'],
      ['check', '--no-probe', '--fix', '-o', 'fixed.md'],
      ['print', '--no-probe'],
      ['print', '--no-probe', '-o', 'paper.html'],
      ['trust', '--show'],
      ['readiness'],
      ['run', '--row', '1'],
      ['trust'],
      ['readiness'],
    ]) {
      const [command = '', ...options] = words;
      const said = await run([command, file, ...options]);
      if (!options.includes('paper.html')) expect(said).toContain('U+');
      if (!options.includes('-o')) await run([command, file, ...options, '--json']);
    }
    expect(readFileSync(join(line.cwd, 'paper.html'), 'utf8')).not.toMatch(RAW);
    const said = await run(
      ['run', file, '--row', '1', '--detected', '1'],
      ['', '', 'skip', WORSE, '', WORSE, 'hand', '0', WORSE, '.', '', WORSE, 'other'],
    );
    expect(said).toContain('Run fly p⟨U+0430⟩y⟨U+202E⟩⟨U+200B⟩x⟨U+200D⟩ -a shop?');
    const id = /Incident ([0-9A-Z]{26})/.exec(said)?.[1] ?? '';
    expect(id).not.toBe('');
    for (const words of [
      ['incidents'],
      ['incidents', '--search', 'Down'],
      ['status', id],
      ['escalate', id],
      ['follow-ups', id],
      ['export', id],
      ['verify', id],
      ['report', 'questions', id],
      ['resolve', id, WORSE],
      ['export', id],
      ['incidents', '--stats'],
      ['show', `${WORSE}.md`],
      ['verify', WORSE],
      ['drill', '--scenario', WORSE],
      [WORSE],
      ['show', `--${WORSE}`],
    ]) {
      await run(words);
      await run([...words, '--json']);
    }
    expect(told).toEqual([]);
  });
});

/** The cost of one more command, in function calls. */
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { checkRunbook } from '#shared/runbook-check/check-runbook.ts';
import { correct } from '#shared/runbook-check/fix.ts';
import { callCounter } from '../../tools/count-calls.ts';

const runbook = (commands: readonly string[]): string =>
  `# Pier\n\n## Option 1: Roll back\n\n1. **Do it**\n\n\`\`\`bash\n${commands.join('\n')}\n\`\`\`\n`;

function check(text: string): void {
  const { model, source } = parseRunbook(text, 'pier.md');
  correct(source, checkRunbook(model, source, { now: 0 }).findings);
}

/** Function calls per additional command, when their number is doubled. */
async function callsForOne(commands: (count: number) => readonly string[]): Promise<number> {
  const calls = await callCounter();
  try {
    const [few, many] = [runbook(commands(200)), runbook(commands(400))];
    // What is read once is read now.
    check(few);
    const once = await calls.count(() => check(few));
    return ((await calls.count(() => check(many))) - once) / 200;
  } finally {
    await calls.end();
  }
}

const times = (command: (n: number) => string) => (count: number) =>
  Array.from({ length: count }, (_, n) => command(n));

describe('the cost of one command more', () => {
  it.each([
    ['a tool whose help is known', times((n) => `git a${n}`)],
    ['a call of one long script', (count: number) => ['cd a', ...times((n) => `curl a${n}`)(count)]],
    ['a pipe of one long script', (count: number) => ['cd a', ...times(() => 'fly status | wc')(count)]],
    ['a blank of one long script', (count: number) => ['cd a', ...times((n) => `git log [some-tag-${n}]`)(count)]],
  ])('%s', async (_what, commands) => {
    expect(await callsForOne(commands)).toBeLessThan(2_600);
  });
});

it('tells 100 problems of one rule in one command, and how many more it has', () => {
  const { model, source } = parseRunbook(runbook(['cd a', ...times((n) => `curl -m 9 a${n}`)(130)]), 'pier.md');
  const found = checkRunbook(model, source).findings.filter(({ rule }) => rule === 'curl-without-fail');
  expect(found).toHaveLength(100);
  expect(found.at(-2)?.message).not.toContain('more of these');
  expect(found.at(-1)?.message).toContain('There are 30 more of these in this command.');
});

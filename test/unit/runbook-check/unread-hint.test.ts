import { describe, expect, it } from 'vitest';
import { hintMeant } from '#shared/runbook/parser/hints.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { checkRunbook } from '#shared/runbook-check/check-runbook.ts';
import type { Finding } from '#shared/runbook-check/finding.ts';

function unread(hints: string): readonly Finding[] {
  const text = `# A\n\n## Option 1: B\n\n1. **C**\n   \`\`\`bash ${hints}\n   fly status -a shop --json\n   \`\`\`\n`;
  const { model, source } = parseRunbook(text, 'runbook.md');
  return checkRunbook(model, source).findings.filter(({ rule }) => rule === 'unread-hint');
}

describe('a hint that has no effect', () => {
  it.each([
    ['expect="^a (b"', 'missing closing )', 'RE2'],
    ['reject="(?!x)y"', '`(?!`', 'RE2'],
    ['expect=', 'it is empty', 'RE2'],
    ['exepct=x', 'can never be verified', 'Did you mean expect=?'],
    ['Expect=x', 'can never be verified', 'Did you mean expect=?'],
    ['expect:x', 'can never be verified', 'Did you mean expect=?'],
    ['expect', 'can never be verified', 'Did you mean expect=?'],
    ['exmaple', 'has no effect', 'Did you mean example?'],
    ['timeot=5s', 'has no effect', 'Did you mean timeout=?'],
    ['effect=chnage', 'an invalid value', 'Did you mean effect=change?'],
    ['exit=none', 'an invalid value', 'exit codes, such as 0,3'],
  ])('%s is an error at its line and column, with what to write', (word, says, fix) => {
    const [finding, ...more] = unread(`usual=5s ${word} proof`);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'error', line: 6, column: 21, command: word });
    expect(finding?.message).toContain(says);
    expect(finding?.fix).toContain(fix);
  });

  it('is found at each place where it stands', () => {
    expect(unread('exepct=a exepct=a').map(({ column }) => column)).toEqual([12, 21]);
  });

  it.each([
    'title="a.sh"',
    'retries=3',
    'linenums="1"',
    'hl_lines="2 3"',
    '{1,3}',
    'copy',
    'edit',
    'no-run',
    'os=linux',
  ])('%s is none of ours', (word) => {
    expect(hintMeant(word)).toBeNull();
    expect(unread(word)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { rulesHeld } from '#shared/incident/outcome-contract.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { brokenRule, filledRules, NOTHING_SEEN, type Seen, unseenRule } from '#shared/runbook/expectation.ts';
import type { Expectation } from '#shared/runbook/expected.ts';
import { gapsOf, parse } from './fixtures.ts';

const whole = (text: string): Seen => ({ text, whole: true });
const rules = (given: Partial<Expectation>): Expectation => ({ exit: [0], expect: null, reject: null, ...given });

describe('the rules of a command', () => {
  it('are exit code 0 alone where none are given', () => {
    expect(brokenRule(undefined, 0, whole('anything'))).toBeNull();
    expect(brokenRule(undefined, 3, whole(''))).toBe('The command ended with exit code 3.');
    expect(brokenRule(rules({ exit: [0, 3] }), 3, whole(''))).toBeNull();
    expect(brokenRule(rules({ exit: [1] }), 0, whole(''))).not.toBeNull();
  });

  it('look for a pattern by lines, and for one that must not be there', () => {
    expect(brokenRule(rules({ expect: '^DELETE 1$' }), 0, whole('SET\r\nDELETE 1\r\n'))).toBeNull();
    expect(brokenRule(rules({ expect: '^DELETE 1$' }), 0, whole('DELETE 10\n'))).toContain('does not contain');
    expect(
      brokenRule(rules({ reject: '^Usage:' }), 0, whole('Manage the database\n\nUsage:\n  supabase db')),
    ).toContain('contains');
  });

  it('are not broken by what nobody saw, and not known to be kept', () => {
    const part = { text: 'half', whole: false };
    expect(brokenRule(rules({ expect: 'done' }), 0, NOTHING_SEEN)).toBeNull();
    expect(brokenRule(rules({ expect: 'done' }), 1, NOTHING_SEEN)).not.toBeNull();
    expect(unseenRule(rules({ expect: 'done' }), NOTHING_SEEN)).toBe(
      'Its output must contain "done", and nobody saw its output.',
    );
    expect(unseenRule(rules({ reject: 'no' }), part)).toBe(
      'Its output must not contain "no", and not all of its output was seen.',
    );
    expect(unseenRule(rules({ expect: 'half' }), part)).toBeNull();
    expect(brokenRule(rules({ reject: 'half' }), 0, part)).toBe('Its output contains "half".');
    expect(unseenRule(rules({ expect: 'done' }), whole('done'))).toBeNull();
    expect(unseenRule(undefined, NOTHING_SEEN)).toBeNull();
  });

  it('take the values of variables literally, and cannot be kept without one', () => {
    const { expect: pattern } = filledRules(rules({ expect: '^image: $IMAGE$' }), { IMAGE: 'registry.fly.io/a:b+c-1' });
    expect(brokenRule(rules({ expect: pattern }), 0, whole('image: registry.fly.io/a:b+c-1'))).toBeNull();
    expect(brokenRule(rules({ expect: pattern }), 0, whole('image: registryXfly.io/a:b+c-1'))).not.toBeNull();
    const empty = filledRules(rules({ expect: 'is ${NAME}', reject: '$NAME' }), {});
    expect(brokenRule({ ...empty, reject: null }, 0, whole('is '))).not.toBeNull();
    expect(brokenRule({ ...empty, expect: null }, 0, whole(''))).not.toBeNull();
  });
});

describe('a contract in a runbook', () => {
  const book = (...fences: readonly string[]): string =>
    ['# Shop', '', '## Option 1: Close', '', '1. **Close the shop**', ...fences.map((line) => `   ${line}`), ''].join(
      '\n',
    );

  it('belongs to the commands of its fence, with its backslashes as they are written', () => {
    const { model } = parse(
      book(
        '```bash effect=change exit=0,2 reject=^Usage:',
        'shopctl close',
        '```',
        '```bash proof effect=read within=30s expect="closed\\.\\s\\[$SERVICE\\]"',
        'shopctl state',
        '```',
      ),
    );
    expect(
      model.procedures[0]?.steps[0]?.commands.map(({ expects, proves, variables }) => [expects, proves, variables]),
    ).toEqual([
      [{ exit: [0, 2], expect: null, reject: '^Usage:' }, undefined, []],
      [{ exit: [0], expect: String.raw`closed\.\s\[$SERVICE\]`, reject: null }, { withinMs: 30_000 }, ['SERVICE']],
    ]);
  });

  it('is no proof when it may change something, or stands where nothing waits for it', () => {
    const changing = parse(
      book('```bash effect=change', 'shopctl close', '```', '```bash proof', 'shopctl check', '```'),
    );
    expect(gapsOf(changing)).toContain('10 proof-changes');
    expect(changing.model.procedures[0]?.steps[0]?.commands[1]?.proves).toBeUndefined();
    const unused = parse(
      book(
        '```bash step=maintenance-on',
        'fly secrets set A=b -a shop',
        '```',
        '```bash proof',
        'fly status -a shop',
        '```',
      ),
    );
    expect(gapsOf(unused)).toContain('10 unused-proof');
  });
});

describe('a rule that cannot be read', () => {
  it.each([
    ['expect="^shop is (closed$"', true],
    ['expects="^closed$"', true],
    ['exepct=closed', true],
    ['rejct=open', true],
    ['exit=none', true],
    ['expect="^closed$"', false],
    ['title="Close the shop"', false],
    ['linenums=1', false],
  ])('%s: nothing tells whether it was kept: %s', (hint, isUnread) => {
    const markdown = `# Shop\n\n## Option 1: Close\n\n1. **Close it**\n   \`\`\`bash effect=change ${hint}\n   shopctl close\n   \`\`\`\n`;
    const command = parseRunbook(markdown, 'shop.md').model.procedures[0]?.steps[0]?.commands[0];
    const rules = rulesHeld({ kind: 'code', code: 0 }, { text: 'closed', whole: true }, command?.expects);
    expect(rules.kind).toBe(isUnread ? 'unseen' : 'kept');
    if (isUnread) expect(rules).toMatchObject({ why: expect.stringContaining(hint) });
  });
});

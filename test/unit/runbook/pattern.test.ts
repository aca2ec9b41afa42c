import { describe, expect, it } from 'vitest';
import { brokenRule, unseenRule } from '#shared/runbook/expectation.ts';
import { patternOf, reachOf, wholePatternOf, whyNoPattern } from '#shared/runbook/pattern.ts';
import { parse } from './fixtures.ts';

const NO_PATTERNS = ['(?=x)', '(?<!x)y', '(a)\\1', '(', ''];

describe('a pattern', () => {
  it('costs what the text is long, also where JavaScript would try for years', () => {
    const text = `${'a'.repeat(100_000)}!`;
    expect(patternOf('^(a+)+$')?.(text)).toBe(false);
    expect(patternOf('(a|aa)+$')?.(text)).toBe(false);
    expect(wholePatternOf('(\\w+\\s?)*')?.(`${'word '.repeat(20_000)}!`)).toBe(false);
  });

  it('looks by lines; one for a whole text does not', () => {
    expect(patternOf('^b$')?.('a\nb\nc')).toBe(true);
    expect(wholePatternOf('b|c')?.('b\nc')).toBe(false);
    expect(wholePatternOf('b|c')?.('c')).toBe(true);
  });

  it.each(NO_PATTERNS)('%j is none, with the reason', (text) => {
    expect(whyNoPattern(text)).toEqual(expect.any(String));
  });

  it('that RE2 refuses is a gap of the runbook, which says why', () => {
    const text = '# A\n\n## Option 1: B\n\n1. **C**\n   ```bash expect="^(?=x)"\n   shopctl state\n   ```\n';
    expect(parse(text).model.gaps).toContainEqual(
      expect.objectContaining({ code: 'unread-hint', message: expect.stringContaining('`(?=`') as string }),
    );
  });

  it.each(['\\ADeployed', 'done\\z', '(?-m)^Deployed', '(?i-m:done$)'])(
    '%j, which asks for the beginning or the end of all output, is a gap',
    (pattern) => {
      const text = `# A\n\n## Option 1: B\n\n1. **C**\n   \`\`\`bash reject="${pattern}"\n   shopctl state\n   \`\`\`\n`;
      expect(parse(text).model.gaps).toContainEqual(
        expect.objectContaining({ code: 'unread-hint', message: expect.stringContaining('^ and $') as string }),
      );
    },
  );

  it.each([
    ['Error: [^ ]+', 'lines'],
    ['^[^x]*done', 'lines'],
    ['released\\s+v9', 'lines'],
    ['a[^"\\n]*b', 'lines'],
    ['(?i)error.*fatal', 'lines'],
    ['\\Qa\\A[^b]*c\\E', 'lines'],
    ['\\\\A', 'lines'],
    ['a[^"]*b', 'far'],
    ['(?s:a.*b)', 'far'],
    ['(?is)a.{2,}b', 'far'],
    ['a[\\s\\S]*b', 'far'],
    ['x|a\\D+b', 'far'],
    ['a(?:.|\\n)*b', 'far'],
    ['a|\\z', 'text'],
  ] as const)('%j reaches over %s', (pattern, reach) => {
    expect(reachOf(pattern)).toBe(reach);
  });

  it('of an incident from before RE2 decided proves nothing, and breaks nothing', () => {
    const rules = { exit: [0], expect: '(?=x)', reject: null };
    const seen = { text: 'x', whole: true };
    expect(brokenRule(rules, 0, seen)).toBeNull();
    expect(unseenRule(rules, seen)).not.toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';

const steps = (...kinds: readonly string[]): string =>
  kinds
    .map(
      (kind, index) =>
        `${index + 1}. **Step ${kind}**\n   \`\`\`bash step=${kind}\n   fly secrets set A=b -a x\n   \`\`\`\n`,
    )
    .join('');
const runbook = (front: string, body: string): string =>
  `---\nrollbook: 1\nservices:\n  x: { title: X, platform: fly, health: "https://x.test/health" }\n${front}---\n# R\n\n## Authority\n\n* P0: anyone\n\n## Option 1: Maintenance\n\n${body}`;
const SIGN = 'maintenance: { url: "https://x.test/", marker: "back soon" }\n';
const codes = (source: string) => parseRunbook(source, 'r.md').model.gaps.map(({ code }) => code);

describe('maintenance mode in a runbook', () => {
  it('has its sign in the front matter and its pair of steps', () => {
    const { model } = parseRunbook(runbook(SIGN, steps('maintenance-on', 'maintenance-off')), 'r.md');
    expect(model.settings.maintenance).toEqual({ url: 'https://x.test/', marker: 'back soon' });
    expect(model.procedures[0]?.steps.map(({ kind }) => kind)).toEqual(['maintenance-on', 'maintenance-off']);
    expect(model.gaps.map(({ code }) => code)).toEqual(['no-matrix']);
  });

  it('without a sign, or with half of the pair, is a gap', () => {
    expect(codes(runbook('', steps('maintenance-on', 'maintenance-off')))).toContain('no-maintenance-marker');
    expect(codes(runbook(SIGN, steps('maintenance-on')))).toContain('half-maintenance');
    expect(codes(runbook(SIGN, steps('maintenance-off')))).toContain('half-maintenance');
  });

  it('refuses a sign that could be seen nowhere', () => {
    for (const wrong of [
      'maintenance: { url: "x.test", marker: "a" }\n',
      'maintenance: { url: "https://x.test/", marker: " " }\n',
    ])
      expect(() => parseRunbook(runbook(wrong, ''), 'r.md')).toThrow(/maintenance/);
  });
});

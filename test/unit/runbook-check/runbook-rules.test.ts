import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { RUNBOOK_RULES } from '#shared/runbook-check/registry.ts';

const NOW = Date.UTC(2026, 10, 23);
const examples = RUNBOOK_RULES.flatMap((rule) => [
  ...rule.bad.map((text, index) => ({ rule, name: rule.name, kind: `bad ${index + 1}`, text, expected: true })),
  ...rule.good.map((text, index) => ({ rule, name: rule.name, kind: `good ${index + 1}`, text, expected: false })),
]);

describe('the examples each rule about a runbook documents', () => {
  it.each(examples)('$name, $kind', ({ rule, text, expected }) => {
    const { model, source } = parseRunbook(text, 'runbook.md');
    const problems = rule.check({ model, source, now: NOW });
    expect(problems.length > 0, problems.map(({ message }) => message).join('\n')).toBe(expected);
    for (const { start, end } of problems) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(source.length);
    }
  });

  it('says nothing about dates when it is not told the date', () => {
    const [overdue] = RUNBOOK_RULES.filter(({ name }) => name === 'review-overdue');
    const { model, source } = parseRunbook(overdue?.bad[0] ?? '', 'runbook.md');
    expect(overdue?.check({ model, source, now: null })).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { ruleCatalogue } from '#shared/runbook-check/catalogue.ts';
import { RULES, RUNBOOK_RULES } from '#shared/runbook-check/registry.ts';

const catalogue = ruleCatalogue();

describe('the catalogue of rules', () => {
  it('has each rule once', () => {
    expect(catalogue.map(({ name }) => name)).toEqual([...RULES, ...RUNBOOK_RULES].map(({ name }) => name));
  });

  it.each(catalogue)('$name says what is wrong with each bad example, what is good, and whence it knows', (rule) => {
    expect(rule.about).toMatch(/^\S.*\.$/);
    expect(rule.bad.length).toBeGreaterThan(0);
    for (const { text, message } of rule.bad) expect(message, text).toMatch(/\w.*[.?]$/);
    expect(rule.good.length).toBeGreaterThan(0);
    expect(rule.sources.join('')).not.toBe('');
    if (rule.holds === 'command') for (const { text, source } of rule.bad) expect(source, text).not.toBeNull();
  });
});

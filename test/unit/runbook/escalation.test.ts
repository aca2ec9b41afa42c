import { describe, expect, it } from 'vitest';
import { escalationChain, nextInChain } from '#shared/runbook/escalation.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';

const chainOf = (markdown: string) => escalationChain(parseRunbook(markdown, 'r.md').model);

describe('the escalation chain', () => {
  it('is read from one line, however its steps are divided', () => {
    const chain = ['Manager', 'Engineering Lead', 'CTO'];
    expect(
      chainOf('# R\n\n## Emergency contact\n\n**Escalation**: Manager, then Engineering Lead, then CTO\n'),
    ).toEqual(chain);
    expect(chainOf('# R\n\n## Contact\n\n**Escalation**: Manager -> Engineering Lead -> CTO\n')).toEqual(chain);
    expect(chainOf('# R\n\n**Escalation path**: Manager → Engineering Lead → CTO.\n')).toEqual(chain);
  });

  it('is read from the facts under a heading about it', () => {
    expect(chainOf('# R\n\n## Escalation\n\n- **Level 1**: Ann, 555-1\n- **Level 2**: Bo\n')).toEqual([
      'Level 1: Ann, 555-1',
      'Level 2: Bo',
    ]);
  });

  it('is empty where the runbook names none', () => {
    expect(chainOf('# R\n\n## Contact\n\n**Ops**: 555\n')).toEqual([]);
  });

  it('goes on to the first who was not called', () => {
    expect(nextInChain(['Manager', 'Lead'], [])).toBe('Manager');
    expect(nextInChain(['Manager', 'Lead'], [{ who: 'Manager' }])).toBe('Lead');
    expect(nextInChain(['Manager'], [{ who: 'Manager' }])).toBeNull();
  });
});

/** In the terminal an approval counts only from a role that may give it, and the terminal says which. */
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';

const drill = ['drill', '--scenario', 'app-rollback', '--speed', '600'];
/** Below P0: defers the checklist, reads the releases and chooses one. */
const TO_APPROVAL = (severity: string) => ['', '1', `/severity ${severity} fewer users`];

const count = (text: string, part: string): number => text.split(part).length - 1;

describe('an approval in the terminal', () => {
  it('a role that is too low is refused with those that may and why, and it is asked again', async () => {
    const typed = [
      ...TO_APPROVAL('P2'),
      'defer',
      'no time',
      'bob',
      'engineer',
      'ann',
      'team lead',
      'eve',
      'manager',
      'Slack',
      'go',
    ];
    const { out } = await commandLine().run(drill, typed);
    for (const role of ['engineer', 'team lead'])
      expect(out).toContain(`"${role}" may not approve this, so nothing was recorded.`);
    expect(count(out, 'A manager, director, head, engineering lead or CTO may approve it.')).toBe(3);
    expect(out).toMatch(/The runbook says \(line \d+\): ".*Manager approval required.*"/);
    expect(out).toContain('* Approved by eve (manager, Slack)');
    expect(out).not.toMatch(/Approved by (?:bob|ann)/);
  });

  it('a team lead is enough where the runbook says so', async () => {
    const typed = [...TO_APPROVAL('P1'), 'defer', 'no time', 'bob', 'on-call', 'ann', 'Team Lead', 'verbal', 'go'];
    const { out } = await commandLine().run(drill, typed);
    expect(out).toContain('"on-call" may not approve this');
    expect(out).toMatch(
      /A team lead, manager, .* may approve it\. The runbook says \(line \d+\): ".*Team lead approval required/,
    );
    expect(out).toContain('* Approved by ann (Team Lead, verbal)');
  });

  it('after a refusal it can still go on without one', async () => {
    const typed = [...TO_APPROVAL('P1'), 'defer', 'no time', 'bob', 'intern', 'none', 'nobody answers', 'vice'];
    const { out } = await commandLine().run(drill, typed);
    expect(out).toMatch(/\* .*nobody answers/);
  });
});

/** In the terminal an approval counts only from a role that may give it, and the terminal says which. */
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';

const drill = ['drill', '--scenario', 'app-rollback', '--speed', '600'];
/** Below P0: defers the checklist, reads the releases and chooses one. */
const TO_APPROVAL = (severity: string) => ['', '1', `/severity ${severity} fewer users`];

const count = (text: string, part: string): number => text.split(part).length - 1;

describe('an approval in the terminal', () => {
  it('of a role that is too low is recorded, said not to suffice, and asked for again', async () => {
    const typed = [
      ...TO_APPROVAL('P2'),
      'defer',
      'no time',
      'bob',
      'engineer',
      'verbal',
      'roll it back',
      'ann',
      'team lead',
      'Slack',
      'fine by me',
      'eve',
      'manager',
      'Slack',
      'go',
    ];
    const { out } = await commandLine().run(drill, typed);
    for (const role of ['engineer', 'team lead'])
      expect(out).toContain(`"${role}" may not approve this, so it does not suffice.`);
    expect(out).toContain('* Approved by bob (engineer, verbal)');
    expect(out).toContain('* Approved by ann (team lead, Slack)');
    expect(count(out, 'A manager, director, head, engineering lead or CTO may approve it.')).toBe(3);
    expect(out).toMatch(/The runbook says \(line \d+\): ".*Manager approval required.*"/);
    expect(out).toContain('* Approved by eve (manager, Slack)');
  });

  it('a team lead is enough where the runbook says so', async () => {
    const typed = [
      ...TO_APPROVAL('P1'),
      'defer',
      'no time',
      'bob',
      'on-call',
      'verbal',
      'yes',
      'ann',
      'Team Lead',
      'verbal',
      'go',
    ];
    const { out } = await commandLine().run(drill, typed);
    expect(out).toContain('"on-call" may not approve this');
    expect(out).toMatch(
      /A team lead, manager, .* may approve it\. The runbook says \(line \d+\): ".*Team lead approval required/,
    );
    expect(out).toContain('* Approved by ann (Team Lead, verbal)');
  });

  it('after a refusal it can still go on without one', async () => {
    const typed = [
      ...TO_APPROVAL('P1'),
      'defer',
      'no time',
      'bob',
      'intern',
      'verbal',
      'yes',
      'none',
      'nobody answers',
      'vice',
    ];
    const { out } = await commandLine().run(drill, typed);
    expect(out).toMatch(/\* .*nobody answers/);
  });
});

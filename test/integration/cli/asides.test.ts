/** The commands that can be typed at any question of the terminal, as in the window. */
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';

const DRILL = ['drill', '--scenario', 'app-rollback', '--speed', '60'];

describe('at any question in the terminal', () => {
  it('the severity changes with its target, and a P2 is fixed forward to its end', async () => {
    const cli = commandLine();
    const { out } = await cli.run(DRILL, [
      '/help',
      '/severity P2 one person only',
      '/forward a one-line fix',
      '1',
      'v12 is out and works',
      'fixed forward',
    ]);
    expect(out).toContain('/put-off [reason]');
    expect(out).toContain('Severity changed from P0 to P2: one person only');
    expect(out).toContain('* Matrix row: One operator blocked, target <30 min');
    expect(out).toContain('* Fix forward: nothing is rolled back: a one-line fix');
    expect(out).toContain('* The symptom is gone: v12 is out and works');
    expect(out).toContain('* Resolved: fixed forward');
  });

  it('a drill left before its target is open, with the time that is left, and has missed nothing', async () => {
    const { out, code } = await commandLine().run(['drill', '--scenario', 'app-rollback', '--speed', '1'], []);
    expect(out).toMatch(/DRILL app-rollback: open, so far unverified/);
    expect(out).toMatch(/^open, \d min( \d+ s)? left, target 5 min$/m);
    expect(out).not.toContain('missed');
    expect(code).toBe(1);
  });

  it('an incident left open says so in its last line', async () => {
    const cli = commandLine();
    await cli.run(['drill', '--scenario', 'app-rollback', '--speed', '1'], []);
    const { incidents } = (await cli.run(['incidents', '--json'])).json() as { incidents: { id: string }[] };
    const id = incidents[0]?.id ?? '';
    expect((await cli.run(['run', '--resume', id], [])).out).toContain(`Incident ${id}: open, so far unverified.`);
  });

  it('a P0 puts the checklist off in one word; below P0 each item is asked, with what is known', async () => {
    const cli = commandLine();
    const first = await cli.run(DRILL, ['/put-off', '/told Lena', '/evidence']);
    expect(first.out).toContain('Checklist: 5 open (/put-off)');
    expect(first.out).toContain('* Pre-rollback checklist: 5 items deferred: P0: the rollback comes first');
    expect(first.out).toContain('Nothing is owed to anybody.');
    const second = await cli.run(DRILL, ['/row 5', '', 'yes, at once', '', 'told them', 'defer', 'no time']);
    expect(second.out).toContain('What do you see [Every page of the agent service answers 503');
    expect(second.out).toContain('- Could a fix go forward quickly?');
    expect(second.out).toContain('Severity: P1');
    expect(second.out).toContain('1 item deferred: no time');
  });

  it('messages are listed, filled, and logged as sent by a person, once no bracket is left', async () => {
    const cli = commandLine();
    const { out } = await cli.run(DRILL, [
      '/message',
      '/message 1',
      '/message 1 sent #too-early',
      '/message 1 fill 03:15 UTC; about 20 min',
      '/message 1 sent #hotdash-emergency',
      '/objection Kim: v9 is too old / it is all we have',
      '/status',
    ]);
    expect(out).toContain('1. Notify the team');
    expect(out).toContain('* Kim objected: v9 is too old; decided anyway: it is all we have');
    expect(out).toMatch(/DRILL .*ROLLBACK INITIATED\nService: hotdash-agent-service\nSeverity: P0/);
    expect(out).toContain('It was not logged as sent. Fill in [Time], [Timeframe]: /message 1 fill VALUE; VALUE\n');
    expect(out).not.toContain('sent to #too-early');
    expect(out).toContain('Rollback started: 03:15 UTC\nETA: about 20 min\n');
    expect(out).toContain('* Message "Notify the team" sent to #hotdash-emergency');
    expect(out).toMatch(/DRILL P0 hotdash-agent-service: Complete outage/);
  });

  it('a P0 is not fixed forward, and a wrong word gets the list', async () => {
    const { out } = await commandLine().run(DRILL, ['/forward', '/nonsense', '/severity P9']);
    expect(out).toContain('A P0 is rolled back, not fixed forward.');
    expect(out).toContain('/severity P0 [reason]');
    expect(out).toContain('Name P0, P1, P2 or P3.');
  });
});

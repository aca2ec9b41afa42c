/** Nothing happens by accident: typed text is an answer, an offered word, or not understood. */
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';
import { commandProcess } from '../../fixtures/command-process.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';

const drill = (scenario = 'app-rollback') => ['drill', '--scenario', scenario, '--speed', '600'];

/** Reads the releases and chooses one; its deploy is offered. */
const TO_DEPLOY = ['', '1'];
/** Deploys, and confirms that the symptom is gone; the first check is asked. */
const TO_CHECKS = [...TO_DEPLOY, '', '', '1', 'HTTP 200, v9'];

const count = (text: string, part: string): number => text.split(part).length - 1;

describe('at "Enter does it"', () => {
  it('only an empty line does it; anything else is not understood, and it is asked again', async () => {
    const { out } = await commandLine().run(drill(), [...TO_DEPLOY, 'no', 'stop', 'skip it', 'yes please']);
    for (const typed of ['no', 'stop', 'skip it', 'yes please']) expect(out).toContain(`"${typed}" is not understood`);
    expect(count(out, '? Enter does it, "skip" leaves')).toBeGreaterThanOrEqual(5);
    expect(out).not.toContain('Started fly deploy');
  });

  it('help and ? list the words, and "skip" asks why', async () => {
    const { out } = await commandLine().run(drill(), [...TO_DEPLOY, 'help', '?', 'skip', '', 'v9 is worse']);
    expect(count(out, '/put-off [reason]')).toBe(2);
    expect(out).toContain('Something has to be written here.');
    expect(out).toMatch(/\* .*v9 is worse/);
    expect(out).not.toContain('Started fly deploy');
  });
});

describe('at a question for a reason', () => {
  it('"back" is no reason: nothing is skipped or resolved, and the step is asked about again', async () => {
    const { out } = await commandLine().run(drill(), [...TO_DEPLOY, 'skip', 'back', 'skip', 'v9 is worse']);
    expect(out).not.toContain('skipped: back');
    expect(count(out, '? Enter does it, "skip" leaves')).toBeGreaterThanOrEqual(3);
    expect(out).toMatch(/\* .*v9 is worse/);
  });
});

describe('at any question of a step', () => {
  it('"other", "hand" and "skip" are no numbers and no answers', async () => {
    const { out } = await commandLine().run(drill(), ['', 'skip', 'no use', 'other']);
    expect(out).toContain('Go back to which release?');
    expect(out).toMatch(/\* .*no use/);
    expect(out).toContain('What now?');
  });

  it('where there is no step, it is said so', async () => {
    const { out } = await commandLine().run(drill(), ['/row 5', 'skip']);
    expect(out).toContain('"skip" is not understood here');
  });
});

describe('at a check', () => {
  it('an empty line ticks nothing, and the words stay words', async () => {
    const { out } = await commandLine().run(drill(), [...TO_CHECKS, '', '   ', '?', 'help', 'other']);
    expect(count(out, 'Something has to be written here.')).toBe(2);
    expect(count(out, '/put-off [reason]')).toBe(2);
    expect(out).toContain('What now?');
    expect(out).not.toMatch(/seen: |: (?:\?|help|other)\n/);
  });

  it('"no" ticks nothing: it is recorded, asked again, and in the report', async () => {
    const line = commandLine();
    const { out } = await line.run(drill(), [...TO_CHECKS, 'no, 503 on orders']);
    const id = /--resume (\w{26})/.exec(out)?.[1] ?? '';
    expect(out).toContain('Not ticked. The step stays open');
    const again = await line.run(['run', '--resume', id], []);
    const first = /\[ \] (.+)\n/.exec(out)?.[1] ?? 'none';
    expect(again.out).toContain(`[ ] ${first}`);
    const report = (await line.run(['export', id])).out;
    expect(report).toMatch(/\| answered no \| no, 503 on orders \|/);
    expect(report).not.toMatch(/\| ticked \| no, 503 on orders \|/);
    expect(report).toContain(`Answered no: ${first}, observed: no, 503 on orders`);
  });

  it('"no" does not confirm that the symptom is gone', async () => {
    const { out } = await commandLine().run(drill(), [...TO_DEPLOY, '', '', '1', 'no']);
    expect(out).toContain('"no" confirms nothing, so nothing was recorded.');
    expect(count(out, 'Is it gone?')).toBe(2);
  });

  it('what was answered before Ctrl-C or an aside is kept', async () => {
    const line = commandLine();
    const { out } = await line.run(drill(), [...TO_CHECKS, 'it loads', '/severity P1 fewer', 'it is done']);
    const id = /--resume (\w{26})/.exec(out)?.[1] ?? '';
    const again = await line.run(['run', '--resume', id], ['it arrives']);
    const first = /\[ \] (.+)\n/.exec(out)?.[1] ?? 'none';
    expect(count(out, `[ ] ${first}`)).toBe(1);
    expect(again.out).not.toContain(`[ ] ${first}`);
    expect((await line.run(['export', id])).out).toContain('it loads');
  });
});

describe('while something runs', () => {
  it('"stop" is not overheard before the command runs', async () => {
    const line = commandLine();
    const { out } = await line.run(drill('deploy-hangs'), [...TO_DEPLOY, '', 'stop']);
    const id = /--resume (\w{26})/.exec(out)?.[1] ?? '';
    expect((await line.run(['export', id])).out).toMatch(/Interrupt requested for /);
  });

  it('"well" and "bad" with no checkpoint open stop nothing', async () => {
    const { out } = await commandLine().run(drill(), [...TO_DEPLOY, '', 'well it goes on', 'bad luck']);
    expect(out).toContain('No checkpoint is open: "well it goes on" was not recorded');
    expect(out).toContain('No checkpoint is open: "bad luck" was not recorded');
    expect(out).toContain('exit code 0');
    expect(out).toContain('Check health and version? Enter does it');
  });
});

describe('"kill"', () => {
  const TO_WATCH = [...TO_CHECKS, 'skip', 'no time', ''];

  it('in a watch kills nothing and ends nothing, and says so; "stop" ends it', async () => {
    const killed = await commandLine().run(drill(), [...TO_WATCH, 'kill']);
    expect(killed.out).toContain(
      'No command runs that could be killed, and nothing was stopped. "stop" ends the watch.',
    );
    expect(killed.out).not.toContain('ended in the terminal');
    const stopped = await commandLine().run(drill(), [...TO_WATCH, 'stop']);
    expect(stopped.out).toContain('ended in the terminal');
  });

  it('of a command that was not interrupted yet interrupts it first, and says so', async () => {
    const line = commandProcess(dataFolder(), drill('deploy-hangs'));
    for (const typed of [...TO_DEPLOY, '']) line.type(typed);
    await line.until('Started fly deploy');
    line.type('kill');
    await line.until('It is interrupted first, so that it can end by itself; "kill" comes a minute after.');
    await line.until('stopped');
    line.endInput();
    await line.ended;
  });
});

describe('resolving it as it is', () => {
  it('asks why, and tells no old trouble afterwards', async () => {
    const line = commandLine();
    // Another deploy was made after the release was chosen, so this one is refused.
    const typed = [...TO_DEPLOY, '', 'other'];
    const { out: listed } = await line.run(drill('deployed-meanwhile'), typed);
    const number = /(\d+)\. Resolve the incident as it is/.exec(listed)?.[1] ?? '';
    const { out } = await line.run(drill('deployed-meanwhile'), [...typed, number, '', 'the vendor mends it']);
    expect(out).toContain('Why is it resolved as it is ("back": not now): Something has to be written here.');
    expect(out).toMatch(/\* Resolved: the vendor mends it\nDRILL/);
  });
});

describe('which database it is', () => {
  it('says how many letters are wanted, and the ways out of the wrong one', async () => {
    const { out } = await commandLine().run(drill('db-sql-error'), ['', '', 'dbx', 'other']);
    expect(out).toContain('type the end of "hotdashproductiondbx" (at least the last four letters)');
    expect(out).toContain('If it is the wrong one: "other" for another way');
    expect(out).toContain('What now?');
  });
});

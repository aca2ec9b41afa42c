/** The text before the machines are stopped and started: the real command, as a process. */
import { describe, expect, it } from 'vitest';
import { allSteps } from '#shared/incident/branches.ts';
import { undoText } from '#shared/incident/variables.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { commandProcess } from '../../fixtures/command-process.ts';
import { acceleratedCore, dataFolder } from '../../fixtures/data-folder.ts';

const drill = (scenario: string) => ['drill', '--scenario', scenario, '--speed', '600'];

describe('the cards before the pair of stopping and starting all machines', () => {
  it('says what stops and what stays, owes the start, and says before it what is started', async () => {
    const line = commandProcess(dataFolder(), drill('exploit-stop-machines'));
    const before = await line.answer('Stop all machines of hotdash-agent-service? Enter does it', '');
    expect(before).toContain(
      'Nobody is served then. Disks, releases, config and secrets stay; no machine is destroyed.',
    );
    expect(before).toContain('Undo: the step that starts them again; it stays owed until that is proven.');
    expect(before).not.toContain('are uncordoned and started');
    const stopped = await line.answer('Run fly machine list', 'skip');
    expect(stopped).toContain('Stop of all machines of hotdash-agent-service proven');
    expect(stopped).toContain('Owed: All machines of hotdash-agent-service are stopped');
    line.type('captured already');
    await line.answer('[ ] How it was done is known', 'skip');
    line.type('closed by the firewall');
    const start = await line.answer('Start all machines of hotdash-agent-service? Enter does it', '');
    expect(start).toContain(
      'The machines that ran before are uncordoned and started; those that stood then are left alone.',
    );
    expect(start).not.toContain('Nobody is served then');
    const after = await line.until('Enter does it');
    expect(after).toMatch(/Start of all machines of hotdash-agent-service proven/);
    expect(after).not.toContain('Owed: All machines of hotdash-agent-service are stopped');
    line.endInput();
    expect((await line.ended).code).toBe(1);
  });

  it('before maintenance mode it says who is locked out, what stays owed, and the quicker way', async () => {
    const line = commandProcess(dataFolder(), drill('maintenance-mode'));
    const before = await line.answer('Switch maintenance mode on? Enter does it', 'other');
    expect(before).toContain('Users are locked out.');
    expect(before).toContain('Undo: the step that switches maintenance mode off; it stays owed until that is proven.');
    expect(before).toContain('Quicker: "other", then "Procedure: Stop all machines".');
    // The way that the card names exists.
    expect(await line.until('What now?')).not.toContain('not understood');
    expect(await line.until('Number: ')).toContain('Stop all machines');
    line.endInput();
    await line.ended;
  });
});

describe('the card before a deploy', () => {
  it('has the same undo as the window, which is the deploy command of the runbook', async () => {
    const line = commandLine();
    const { out } = await line.run(drill('app-rollback'), ['', '1']);
    const core = await acceleratedCore(line.folder);
    const [{ id } = { id: '' }] = core.services.incidents.list();
    const { eventLog, runbook } = (await core.services.incidents.open(id)).context;
    const step = allSteps(runbook).find(({ kind }) => kind === 'deploy-release');
    const { choice } = eventLog.state;
    if (step === undefined || choice === null) throw new Error('a release was chosen');
    expect(out).toContain(`  Undo: ${undoText(step, eventLog.state, runbook, choice)}\n`);
    expect(out).toContain('--wait-timeout 3m --yes\n');
  });
});

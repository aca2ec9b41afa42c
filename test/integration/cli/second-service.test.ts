/** During the rollback of one service another one turns out to be broken: in the terminal, as a process. */
import { describe, expect, it } from 'vitest';
import { type CommandProcess, commandProcess } from '../../fixtures/command-process.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';

const APP = 'hotdash-agent-service';
const ANOTHER = 'Another service is broken as well (hotdash-llamaindex-mcp, hotdash-app): Option 3';

/** Three services are broken; the rollback of one of them is started. */
async function optionOne(folder: string): Promise<CommandProcess> {
  const line = commandProcess(folder, ['drill', '--scenario', 'full-system', '--speed', '600']);
  await line.answer('Read the releases of 3 services?', '/procedure 1 the first alone');
  await line.answer(`Read the releases of ${APP}?`, '');
  return line;
}

/** The number of a listed choice. */
const numberOf = (listed: string, choice: string): string =>
  listed
    .split('\n')
    .map((line) => /^ *(\d+)\. (.*)$/.exec(line))
    .find((found) => found?.[2]?.startsWith(choice))?.[1] ?? 'not listed';

describe('a second service within Option 1', () => {
  it('what went back by itself is left as it is at Enter; the others get a release, a card and a proof of their own', async () => {
    const folder = dataFolder();
    const line = await optionOne(folder);
    await line.answer('Number [1]: ', '');
    const card = await line.answer(`Deploy v9 to ${APP}? Enter does it`, '');
    expect(card).toContain(`${APP}: v10 -> v9`);
    expect(card).not.toContain('hotdash-app:');
    await line.answer('Check health and version? Enter does it', '');
    const symptom = await line.until('Number [1]: ');
    line.type(numberOf(symptom, ANOTHER));
    await line.answer('Read the releases of 3 services?', '');
    const first = await line.answer(`${APP}: go back to which release?`, '');
    expect(first).not.toContain('not understood');
    expect(await line.until('Number [1]: ')).toContain('  1. Leave it as it is: it went back to v9 already, verified');
    expect(await line.answer('Number [1]: ', '')).toContain('1. v4  proposed');
    await line.answer('Number [1]: ', '');
    const both = await line.answer('(2 of 3 left)? Enter does it', '');
    expect(both).toContain(`${APP}: stays as it is (went back to v9 already, verified)`);
    expect(both).toContain('hotdash-llamaindex-mcp: v5 -> v4');
    expect(both).toContain('hotdash-app: v5 -> v4');
    expect(both).toContain('Undo: fly deploy -a hotdash-app --image');
    expect(both).not.toContain(`Undo: fly deploy -a ${APP} `);
    const proven = await line.until('(1 of 3 left)? Enter does it');
    expect(proven).toContain('Rollback of hotdash-llamaindex-mcp from v5 verified');
    expect(proven).not.toContain(`fly deploy -a ${APP} `);
    line.endInput();
    await line.ended;
  });

  it('is offered at the choice of the release already, and nothing is deployed by it', async () => {
    const line = await optionOne(dataFolder());
    const listed = await line.until('Number [1]: ');
    line.type(numberOf(listed, ANOTHER));
    const after = await line.until('Read the releases of 3 services?');
    expect(after).toContain(`another service than ${APP} is broken as well`);
    expect(line.said()).not.toContain('Started fly deploy');
    line.endInput();
    await line.ended;
  });
});

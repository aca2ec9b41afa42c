/** Services of platforms that Rollbook does not know: the same picker, card, proof and report, from declared commands. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { answering, type CommandLine, commandLine } from '../../fixtures/command-line.ts';
import { type FakePrograms, fakePrograms } from '../../fixtures/fake-programs.ts';
import { PLATFORM_STORIES, type PlatformStory } from '../../fixtures/platforms/programs.ts';

interface Told {
  readonly incidents: readonly { readonly id: string; readonly outcome: string | null }[];
}

/** Declares, picks what is proposed, and goes back; a failed step is where the person leaves. */
async function goBack(story: PlatformStory, before: (programs: FakePrograms) => void = () => undefined) {
  const programs = fakePrograms(story.programs);
  programs.set('history', story.history);
  programs.set('folders', story.history);
  before(programs);
  const line = commandLine();
  const file = fileURLToPath(new URL(`../../fixtures/platforms/${story.file}`, import.meta.url));
  copyFileSync(file, join(line.cwd, 'runbook.md'));
  const said = await line.run(
    ['run', 'runbook.md', '--trust', '--row', '1'],
    answering([
      { to: 'What now?', type: null },
      { to: 'Go back to which release?', type: '1' },
      { to: '? Enter does it', type: '' },
      { to: 'Is it gone?', type: '1' },
      { to: 'What do you see', type: 'the shop sells' },
      { to: 'Resolve the incident with one sentence', type: 'Went back.' },
    ]),
  );
  const told = (await line.run(['incidents', '--json'])).json() as Told;
  return { said, programs, line, incident: told.incidents[0] };
}

const report = async (line: CommandLine, id = ''): Promise<string> => (await line.run(['export', id])).out;

describe.each(Object.entries(PLATFORM_STORIES))('%s', (_name, story) => {
  it('goes back to the proposed release, proven, with a card before it and a report after it', async () => {
    const { said, programs, line, incident } = await goBack(story);
    expect(said.err).toBe('');
    expect(programs.calls()).toContain(story.change);
    expect(said.out).toMatch(new RegExp(`1\\. ${story.to} +proposed`));
    expect(said.out).toMatch(new RegExp(`${story.from} +bad +It is running now`));
    expect(said.out).toContain(`shop: ${story.from} -> ${story.to}`);
    expect(said.out).toContain(`Undo: ${story.undo}`);
    expect(said.out).toContain(`Deploy ${story.to} to shop? Enter does it`);
    expect(said.out).toMatch(
      new RegExp(`Rollback of shop from ${story.from} to .*proven: What runs now is ${story.to}`),
    );
    expect(said.code).toBe(0);
    expect(incident?.outcome).toBe('verified');
    const shown = await line.run(['show', 'runbook.md']);
    expect(shown.out).toContain('Declared for services');
    const written = await report(line, incident?.id);
    expect(written).toContain('Releases of shop at declare');
    expect(written).toContain('**Outcome**: verified');
    expect(written).toContain(story.undo);
    expect(`${said.out}${written}`).not.toMatch(/\bfly\b|Fly\.io/i);
  });

  it('an undo that fails is a failure', async () => {
    const { said, incident } = await goBack(story, ({ set }) => set('undo-fails', ''));
    expect(said.out).toContain(story.failure);
    expect(said.out).toContain('failed');
    expect(incident?.outcome ?? null).toBeNull();
    expect(said.code).toBe(1);
  });

  it('a change that does not come to its end is a failure, whatever its exit code said', async () => {
    const { said } = await goBack(story, ({ set }) => set('stuck', ''));
    expect(said.out).toContain('exit code 0');
    expect(said.out).toContain(story.unproven);
    expect(said.out).not.toContain(' verified');
    expect(said.code).toBe(1);
  });
});

it('the quick rollback, which takes a number, is refused where releases have names', async () => {
  fakePrograms({ docker: 'echo "$*"' });
  const line = commandLine();
  const file = fileURLToPath(new URL('../../fixtures/platforms/compose.md', import.meta.url));
  copyFileSync(file, join(line.cwd, 'runbook.md'));
  await line.run(['trust', 'runbook.md']);
  const said = await line.run(['quick', 'shop', '2', '--runbook', 'runbook.md']);
  expect(said.code).toBe(2);
  expect(said.err).toContain('the releases of shop have names. Nothing was declared.');
  expect((await line.run(['incidents', '--json'])).json()).toEqual({ incidents: [] });
});

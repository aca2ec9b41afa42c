import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { STORIES, storiesOf } from '../../../build/checks/changed.mjs';
import { stagesFor } from '../../../build/checks/stages.mjs';
import { projectRoot } from '../../../build/setup/project.mjs';

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`);

describe('the stories of a change', () => {
  it('are those of the touched screen, and a touched story itself', () => {
    expect(storiesOf(['renderer/features/quick/QuickScreen.tsx', 'test/e2e/handover.test.ts'])).toEqual([
      'seed-15',
      'test/e2e/handover.test.ts',
    ]);
  });

  it('are all of them when what every screen is made of was touched', () => {
    expect(storiesOf(['renderer/ui/Button.tsx', 'renderer/features/quick/QuickScreen.tsx'])).toEqual([
      'test/e2e/',
      'test/desktop/',
    ]);
  });

  it('are none for a file that no story shows', () => {
    expect(storiesOf(['README.md'])).toEqual([]);
    expect(stagesFor(['README.md']).map(({ part }) => part)).not.toContain('e2e');
  });

  it('name folders and stories that are there, and every screen', () => {
    const tests = [...filesIn('test/e2e'), ...filesIn('test/desktop')];
    const sources = STORIES.map(([folder]) => folder);
    for (const folder of sources)
      expect(existsSync(join(projectRoot, folder)) || folder.endsWith('bridge'), folder).toBe(true);
    for (const story of STORIES.flatMap(([, stories]) => stories))
      expect(
        tests.some((file) => file.includes(story)),
        story,
      ).toBe(true);
    for (const screen of readdirSync(join(projectRoot, 'renderer/features')))
      expect(sources).toContain(`renderer/features/${screen}/`);
  });
});

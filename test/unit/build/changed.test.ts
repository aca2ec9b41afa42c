import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { isNamed, longTestsIn, presentStories, relatedTo, storiesOf } from '../../../build/checks/changed.mjs';
import { REACHED, STORIES } from '../../../build/checks/story-table.mjs';
import { inProject } from '../../../build/setup/project.mjs';

const present = presentStories();
const foldersIn = (folder: string): readonly string[] =>
  readdirSync(inProject(folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [`${folder}/${entry.name}/`] : [],
  );
/** Whether a file or folder begins so. */
const begins = (path: string): boolean =>
  path.endsWith('/')
    ? existsSync(inProject(path))
    : readdirSync(inProject(dirname(path))).some((name) =>
        `${dirname(path)}/${name}`.replace('./', '').startsWith(path),
      );

describe('the stories of a change', () => {
  const stories = [
    'test/e2e/quick-rollback.test.ts',
    'test/e2e/database-on-postgres.long.test.ts',
    'test/desktop/a/b.spec.ts',
  ];

  it('are those of the touched screen', () => {
    expect(storiesOf(['renderer/features/quick/QuickScreen.tsx'], stories)).toEqual([
      'test/e2e/quick-rollback.test.ts',
    ]);
  });

  it('are a touched story itself, and not one that was deleted', () => {
    expect(storiesOf(['test/desktop/a/b.spec.ts', 'test/e2e/gone.test.ts'], stories)).toEqual([
      'test/desktop/a/b.spec.ts',
    ]);
  });

  it('are all but the long ones when what every screen is made of was touched, or what stories are told with', () => {
    for (const file of ['renderer/ui/button.tsx', 'shared/contract/calls.ts', 'test/e2e/wizard.ts'])
      expect(storiesOf([file], stories)).toEqual(['test/e2e/quick-rollback.test.ts']);
  });

  it('are long ones too where the table names them', () => {
    expect(storiesOf(['shared/platforms/postgres/proof.ts'], stories)).toEqual([
      'test/e2e/database-on-postgres.long.test.ts',
    ]);
  });

  it('are none for a file that no story shows', () => {
    for (const file of [
      'README.md',
      'shared/runbook/FORMAT.md',
      'electron/cli/README.md',
      'test/e2e/pictures-of-ways.ts',
    ])
      expect(storiesOf([file], stories), file).toEqual([]);
  });
});

describe('what Vitest is asked about', () => {
  it('is what changed, and once what stands for the programs that are made of it', () => {
    const asked = relatedTo(['electron/cli/main.ts', 'shared/words/count.ts']);
    expect(asked.slice(0, 2)).toEqual(['electron/cli/main.ts', 'shared/words/count.ts']);
    expect(asked.filter((file) => file === 'test/fixtures/command-process.ts')).toHaveLength(1);
    expect(relatedTo(['LICENSE'])).toEqual(['LICENSE']);
    expect(relatedTo(['electron/cli/README.md'])).toEqual([
      'electron/cli/README.md',
      'test/unit/documents/documents.ts',
    ]);
  });

  it('runs a long test that was touched', () => {
    const long = ['test/faults/kills/live.long.test.ts', 'test/unit/a/b.long.test.ts'];
    expect(longTestsIn([...long, 'test/unit/a/b.test.ts', 'test/e2e/c.long.test.ts'])).toEqual(long);
  });
});

describe('the table of stories', () => {
  it.each(STORIES.map(([touched, stories]) => [touched, stories] as const))(
    '%s is there, and so are its stories',
    (touched, stories) => {
      expect(begins(touched)).toBe(true);
      for (const name of stories)
        expect(
          present.some((story) => isNamed(story, name)),
          name,
        ).toBe(true);
    },
  );

  it.each(REACHED.map(([touched, files]) => [touched, files] as const))(
    '%s is there, and so is what stands for it',
    (touched, files) => {
      expect(begins(touched)).toBe(true);
      for (const file of files) expect(existsSync(inProject(file)), file).toBe(true);
    },
  );

  it('has every screen, and no row that an earlier one hides', () => {
    const rows = STORIES.map(([touched]) => touched);
    for (const screen of foldersIn('renderer/features')) expect(rows).toContain(screen);
    for (const [index, row] of rows.entries())
      expect(
        rows.slice(0, index).filter((earlier) => row.startsWith(earlier)),
        row,
      ).toEqual([]);
  });

  it('names every story in the row of something', () => {
    const names = STORIES.flatMap(([, stories]) => stories).filter((name) => name !== 'test/e2e/');
    expect(present.filter((story) => !names.some((name) => isNamed(story, name)))).toEqual([]);
  });
});

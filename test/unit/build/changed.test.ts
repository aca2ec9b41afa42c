import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { existingStories, isNamed, longTestsIn, relatedFiles, storiesFor } from '../../../build/checks/changed.mjs';
import { HIDDEN_DEPENDENCIES, STORIES } from '../../../build/checks/story-table.mjs';
import { inProject } from '../../../build/setup/project.mjs';

const existing = existingStories();
const foldersIn = (folder: string): readonly string[] =>
  readdirSync(inProject(folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [`${folder}/${entry.name}/`] : [],
  );
/** Whether the path of any file or folder starts with this. */
const isStart = (path: string): boolean =>
  path.endsWith('/')
    ? existsSync(inProject(path))
    : readdirSync(inProject(dirname(path))).some((name) =>
        `${dirname(path)}/${name}`.replace('./', '').startsWith(path),
      );

describe('the stories that a change can break', () => {
  const stories = [
    'test/e2e/quick-rollback.test.ts',
    'test/e2e/database-on-postgres.long.test.ts',
    'test/desktop/a/b.spec.ts',
  ];

  it('are those of a changed screen', () => {
    expect(storiesFor(['renderer/features/quick/QuickScreen.tsx'], stories)).toEqual([
      'test/e2e/quick-rollback.test.ts',
    ]);
  });

  it('include a changed story, but not a deleted one', () => {
    expect(storiesFor(['test/desktop/a/b.spec.ts', 'test/e2e/gone.test.ts'], stories)).toEqual([
      'test/desktop/a/b.spec.ts',
    ]);
  });

  it('are all short ones when a file of every screen changed, or a fixture of the stories', () => {
    for (const file of ['renderer/ui/button.tsx', 'shared/api/calls.ts', 'test/e2e/wizard.ts'])
      expect(storiesFor([file], stories)).toEqual(['test/e2e/quick-rollback.test.ts']);
  });

  it('include long ones that the table names', () => {
    expect(storiesFor(['shared/platforms/postgres/proof.ts'], stories)).toEqual([
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
      expect(storiesFor([file], stories), file).toEqual([]);
  });
});

describe('the arguments of vitest related', () => {
  it('are the changed files, and once each the users of programs built from them', () => {
    const asked = relatedFiles(['electron/cli/main.ts', 'shared/words/count.ts']);
    expect(asked.slice(0, 2)).toEqual(['electron/cli/main.ts', 'shared/words/count.ts']);
    expect(asked.filter((file) => file === 'test/fixtures/command-process.ts')).toHaveLength(1);
    expect(relatedFiles(['LICENSE'])).toEqual(['LICENSE']);
    expect(relatedFiles(['electron/cli/README.md'])).toEqual([
      'electron/cli/README.md',
      'test/unit/documents/documents.ts',
    ]);
  });

  it('come with the long tests that changed', () => {
    const long = ['test/faults/kills/live.long.test.ts', 'test/unit/a/b.long.test.ts'];
    expect(longTestsIn([...long, 'test/unit/a/b.test.ts', 'test/e2e/c.long.test.ts'])).toEqual(long);
  });
});

describe('the table of stories', () => {
  it.each(STORIES.map(([path, stories]) => [path, stories] as const))(
    '%s exists, and so do its stories',
    (path, stories) => {
      expect(isStart(path)).toBe(true);
      for (const name of stories)
        expect(
          existing.some((story) => isNamed(story, name)),
          name,
        ).toBe(true);
    },
  );

  it.each(HIDDEN_DEPENDENCIES.map(([path, users]) => [path, users] as const))(
    '%s exists, and so do the files of its users',
    (path, users) => {
      expect(isStart(path)).toBe(true);
      for (const file of users) expect(existsSync(inProject(file)), file).toBe(true);
    },
  );

  it('has a row for every screen, and no row that an earlier one hides', () => {
    const rows = STORIES.map(([path]) => path);
    for (const screen of foldersIn('renderer/features')) expect(rows).toContain(screen);
    for (const [index, row] of rows.entries())
      expect(
        rows.slice(0, index).filter((earlier) => row.startsWith(earlier)),
        row,
      ).toEqual([]);
  });

  it('names every story at least once', () => {
    const names = STORIES.flatMap(([, stories]) => stories).filter((name) => name !== 'test/e2e/');
    expect(existing.filter((story) => !names.some((name) => isNamed(story, name)))).toEqual([]);
  });
});

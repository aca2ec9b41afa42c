import { describe, expect, it } from 'vitest';
import { chooseStages, stagesFor } from '../../../build/checks/choose-stages.mjs';
import { STAGES } from '../../../build/checks/stages.mjs';

const existing = ['test/e2e/quick-rollback.test.ts', 'test/e2e/database-on-postgres.long.test.ts'];
const partsOf = (stages: readonly { readonly part: string }[]) => [...new Set(stages.map(({ part }) => part))];
const namesFor = (files: readonly string[]) => stagesFor(files, existing).map(({ name }) => name);
const checks = STAGES.filter(({ part }) => part === 'checks').map(({ name }) => name);

describe('npm test with a part', () => {
  it('runs the short parts when none is named, and every stage for `all`', () => {
    const short = chooseStages([])?.stages ?? [];
    expect(partsOf(short)).toEqual(['checks', 'unit', 'e2e']);
    expect(chooseStages(['all'])?.stages).toEqual(STAGES);
    expect(STAGES.slice(0, short.length)).toEqual(short);
  });

  it.each(['checks', 'unit', 'e2e', 'long', 'tools', 'desktop', 'faults'])(
    '%s runs its own stages and passes filters on',
    (part) => {
      const choice = chooseStages([part, 'store']);
      expect(choice?.stages.length).toBeGreaterThan(0);
      expect(choice?.stages.every((stage) => stage.part === part)).toBe(true);
      expect(choice?.filters).toEqual(['store']);
    },
  );

  it('refuses a part that does not exist', () => {
    expect(chooseStages(['everything'])).toBeUndefined();
  });
});

describe('npm test -- changed', () => {
  it('compares with the given commit, or with HEAD', () => {
    const asked: string[] = [];
    const changes = (ref: string): string[] => {
      asked.push(ref);
      return [];
    };
    chooseStages(['changed'], changes);
    chooseStages(['changed', 'main'], changes);
    expect(asked).toEqual(['HEAD', 'main']);
  });

  it('runs only the checks when nothing differs, and says so', () => {
    const choice = chooseStages(['changed'], () => []);
    expect(choice?.stages.map(({ name }) => name)).toEqual(checks);
    expect(choice?.notes).toEqual(['Nothing differs from HEAD: only the checks.']);
  });

  it('says when no story shows the changes, and still runs the related Vitest tests, even if there are none', () => {
    const choice = chooseStages(['changed'], () => ['LICENSE']);
    expect(choice?.notes).toContain('No story shows what was changed.');
    const last = choice?.stages.at(-1);
    expect(last).toMatchObject({ part: 'unit', mayBeEmpty: true });
    expect(last?.args).toEqual(expect.arrayContaining(['related', '--run', '--passWithNoTests', 'LICENSE']));
    expect(last?.args).not.toContain('run');
  });

  it('runs the stories of a changed screen', () => {
    const stages = stagesFor(['renderer/features/quick/QuickScreen.tsx'], existing);
    expect(stages.at(-1)).toMatchObject({ part: 'e2e' });
    expect(stages.at(-1)?.args.at(-1)).toBe('test/e2e/quick-rollback.test.ts');
  });

  it('runs long tests that changed, and long stories that show the changes, in their own projects', () => {
    expect(namesFor(['test/faults/kills/live.long.test.ts'])).toContain('Changed long tests');
    expect(namesFor(['electron/core/platforms/postgres/readings.ts'])).toContain('Long stories');
    expect(namesFor(['renderer/ui/button.tsx'])).not.toContain('Long stories');
    expect(namesFor(['electron/core/platforms/postgres/readings.ts'])).not.toContain('Changed long tests');
  });
});

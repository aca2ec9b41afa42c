import { describe, expect, it } from 'vitest';
import { chosen, stagesFor } from '../../../build/checks/choice.mjs';
import { STAGES } from '../../../build/checks/stages.mjs';

const present = ['test/e2e/quick-rollback.test.ts', 'test/e2e/database-on-postgres.long.test.ts'];
const partsOf = (stages: readonly { readonly part: string }[]) => [...new Set(stages.map(({ part }) => part))];
const namesFor = (files: readonly string[]) => stagesFor(files, present).map(({ name }) => name);
const checks = STAGES.filter(({ part }) => part === 'checks').map(({ name }) => name);

describe('the parts of npm test', () => {
  it('are all but the long ones when none is named, and all of them for `all`', () => {
    const short = chosen([])?.stages ?? [];
    expect(partsOf(short)).toEqual(['checks', 'unit', 'e2e']);
    expect(chosen(['all'])?.stages).toEqual(STAGES);
    expect(STAGES.slice(0, short.length)).toEqual(short);
  });

  it.each(['checks', 'unit', 'e2e', 'long', 'tools', 'desktop', 'faults'])(
    '%s picks its own stages and passes filters on',
    (part) => {
      const choice = chosen([part, 'store']);
      expect(choice?.stages.length).toBeGreaterThan(0);
      expect(choice?.stages.every((stage) => stage.part === part)).toBe(true);
      expect(choice?.filters).toEqual(['store']);
    },
  );

  it('are known by name only', () => {
    expect(chosen(['everything'])).toBeUndefined();
  });
});

describe('npm test -- changed', () => {
  it('looks at what differs from the commit that is named, from HEAD when none is', () => {
    const asked: string[] = [];
    const changes = (ref: string): string[] => {
      asked.push(ref);
      return [];
    };
    chosen(['changed'], changes);
    chosen(['changed', 'main'], changes);
    expect(asked).toEqual(['HEAD', 'main']);
  });

  it('is the checks alone when nothing differs, and says so', () => {
    const choice = chosen(['changed'], () => []);
    expect(choice?.stages.map(({ name }) => name)).toEqual(checks);
    expect(choice?.notes).toEqual(['Nothing differs from HEAD: only the checks.']);
  });

  it('says when no story shows what was changed, and asks Vitest all the same, which may know nothing', () => {
    const choice = chosen(['changed'], () => ['LICENSE']);
    expect(choice?.notes).toContain('No story shows what was changed.');
    const last = choice?.stages.at(-1);
    expect(last).toMatchObject({ part: 'unit', mayBeEmpty: true });
    expect(last?.args).toEqual(expect.arrayContaining(['related', '--run', '--passWithNoTests', 'LICENSE']));
    expect(last?.args).not.toContain('run');
  });

  it('runs the stories of the touched screen by their files', () => {
    const stages = stagesFor(['renderer/features/quick/QuickScreen.tsx'], present);
    expect(stages.at(-1)).toMatchObject({ part: 'e2e' });
    expect(stages.at(-1)?.args.at(-1)).toBe('test/e2e/quick-rollback.test.ts');
  });

  it('runs a long test or story in its own project, and only when it or what it is about was touched', () => {
    expect(namesFor(['test/faults/kills/live.long.test.ts'])).toContain('Touched long tests');
    expect(namesFor(['electron/core/platforms/postgres/readings.ts'])).toContain('Long stories');
    expect(namesFor(['renderer/ui/button.tsx'])).not.toContain('Long stories');
    expect(namesFor(['electron/core/platforms/postgres/readings.ts'])).not.toContain('Touched long tests');
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inProject } from '../../../build/setup/project.mjs';
import {
  add,
  oneCheck,
  playwrightCounts,
  checkedCounts,
  slowest,
  summary,
  vitestCounts,
} from '../../../build/checks/counts.mjs';

const config = { rootDir: inProject('test') };
const skipped = { name: 'seed', reason: 'the seed folder is not there' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollbook-counts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(content: string): string {
  const path = join(folder, 'report.json');
  writeFileSync(path, content);
  return path;
}

describe('the counts of a test runner', () => {
  it('stand when they agree with the exit code', () => {
    expect(checkedCounts({ passed: 3, failed: 0, skipped: [], timed: [] }, 0)).toEqual({
      passed: 3,
      failed: 0,
      skipped: [],
      timed: [],
    });
    expect(checkedCounts({ passed: 3, failed: 2, skipped: [], timed: [] }, 1)).toEqual({
      passed: 3,
      failed: 2,
      skipped: [],
      timed: [],
    });
  });

  it('are one failure when it crashed and left none', () => {
    expect(checkedCounts(vitestCounts(join(folder, 'none.json')), 0)).toEqual(oneCheck(false));
    expect(checkedCounts(playwrightCounts(file('{ broken')), 1)).toEqual(oneCheck(false));
  });

  it('get a failure when it failed without a failed test, or ran nothing', () => {
    expect(checkedCounts({ passed: 3, failed: 0, skipped: [], timed: [] }, 1).failed).toBe(1);
    expect(checkedCounts({ passed: 0, failed: 0, skipped: [], timed: [] }, 0).failed).toBe(1);
  });

  it('may be none where nothing has to be related to a change, unless the runner failed', () => {
    const none = { passed: 0, failed: 0, skipped: [], timed: [] };
    expect(checkedCounts(none, 0, true)).toEqual(none);
    expect(checkedCounts(none, 1, true).failed).toBe(1);
    expect(checkedCounts(undefined, 0, true)).toEqual(oneCheck(false));
  });

  it('of Playwright: a test that passed when repeated is a failure; skipped ones keep their reason', () => {
    const report = {
      config,
      stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 1 },
      errors: [],
      suites: [
        {
          title: 'home.test.ts',
          specs: [
            {
              title: 'opens',
              file: 'e2e/home.test.ts',
              tests: [{ status: 'expected', projectName: 'chromium', results: [{ duration: 1_500 }] }],
            },
          ],
          suites: [
            {
              title: 'desktop',
              specs: [
                {
                  title: 'starts',
                  tests: [{ status: 'skipped', annotations: [{ type: 'skip', description: 'no Electron' }] }],
                },
              ],
            },
          ],
        },
      ],
    };
    expect(playwrightCounts(file(JSON.stringify(report)))).toEqual({
      passed: 4,
      failed: 2,
      skipped: [{ name: 'desktop > starts', reason: 'no Electron' }],
      timed: [{ ms: 1_500, file: 'test/e2e/home.test.ts', name: 'opens (chromium)' }],
    });
  });

  it('of Playwright: an error outside of the tests is a failure', () => {
    const report = { config, stats: { expected: 4, unexpected: 0, flaky: 0 }, errors: [{ message: 'x' }], suites: [] };
    expect(playwrightCounts(file(JSON.stringify(report)))?.failed).toBe(1);
  });
});

describe('the slowest tests', () => {
  it('are named slowest first, as many as are asked for', () => {
    const timed = [
      { ms: 20, file: 'test/unit/a.test.ts', name: 'quick' },
      { ms: 12_340, file: 'test/e2e/b.test.ts', name: 'slow (chromium)' },
      { ms: 900, file: 'test/unit/a.test.ts', name: 'usual' },
    ];
    expect(slowest({ ...oneCheck(true), timed }, 2)).toEqual([
      '  12.3 s  test/e2e/b.test.ts  slow (chromium)',
      '   0.9 s  test/unit/a.test.ts  usual',
    ]);
  });
});

describe('the last line', () => {
  it('adds the stages up', () => {
    const total = add([oneCheck(true), oneCheck(false), { passed: 40, failed: 0, skipped: [], timed: [] }]);
    expect(summary(total)).toBe('41 passed, 1 failed');
  });

  it('names skipped tests only when there are some', () => {
    expect(summary({ passed: 1, failed: 0, skipped: [skipped], timed: [] })).toBe('1 passed, 0 failed, 1 skipped');
  });
});

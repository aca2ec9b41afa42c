import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../../../build/checks/test-folder.mjs';
import { dataFolder } from '../../fixtures/data-folder.ts';

const yes = () => true;
const no = () => false;

describe('the folder of a stage', () => {
  it('is its own where files can be kept in memory, open to the user that PostgreSQL runs as, and gone with `remove`', () => {
    const memory = dataFolder();
    const { path, remove } = testFolder({ memory, hasRoom: yes, runsPrograms: yes });
    expect(path.startsWith(join(memory, 'rollbook-tests-'))).toBe(true);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o7777).toBe(0o1777);
    remove();
    expect(existsSync(path)).toBe(false);
  });

  it('takes away what a run that was killed left there, and nothing else', () => {
    const memory = dataFolder();
    const [gone, running, other] = [`rollbook-tests-${2 ** 22 + 1}-a`, `rollbook-tests-${process.pid}-a`, 'mine'];
    for (const name of [gone, running, other]) mkdirSync(join(memory, name));
    testFolder({ memory, hasRoom: yes, runsPrograms: yes }).remove();
    expect(readdirSync(memory).toSorted()).toEqual([other, running].toSorted());
  });

  it('is the system’s, and stays, where memory is missing, short, or runs no programs', () => {
    const memory = dataFolder();
    for (const machine of [
      { memory: join(memory, 'nowhere'), hasRoom: yes, runsPrograms: yes },
      { memory, hasRoom: no, runsPrograms: yes },
      { memory, hasRoom: yes, runsPrograms: no },
    ]) {
      const { path, remove } = testFolder(machine);
      expect(path).toBe(tmpdir());
      remove();
      expect(existsSync(path)).toBe(true);
    }
    expect(readdirSync(memory)).toEqual([]);
  });
});

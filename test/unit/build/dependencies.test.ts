import { describe, expect, it } from 'vitest';
import { installDecision, stampOf } from '../../../build/setup/dependencies.mjs';

const machine = 'linux-x64';
const packages = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/a-win32': { version: '1.0.0', optional: true },
};
const lock = JSON.stringify({ packages });
const { '': _root, 'node_modules/a-win32': _other, ...present } = packages;
const record = JSON.stringify({ packages: present });

describe('the packages', () => {
  it('are ready when the stamp is of this lock file and this machine', () => {
    expect(installDecision({ lock, stamp: stampOf(lock, machine), record, machine })).toEqual({ kind: 'ready' });
  });

  it('are installed when there are none', () => {
    expect(installDecision({ lock, stamp: undefined, record: undefined, machine })).toEqual({
      kind: 'install',
      why: 'first start',
    });
  });

  it('are installed when an install was broken off: npm writes its record last', () => {
    expect(installDecision({ lock, stamp: undefined, record: '{ "packages": {', machine }).kind).toBe('install');
  });

  it('are installed when the lock file names another version', () => {
    const newer = lock.replace('"node_modules/a":{"version":"1.0.0"}', '"node_modules/a":{"version":"1.0.1"}');
    expect(newer).not.toBe(lock);
    expect(installDecision({ lock: newer, stamp: stampOf(lock, machine), record, machine })).toEqual({
      kind: 'install',
      why: 'the lock file changed since the last install',
    });
  });

  it('are installed when the lock file names one more', () => {
    const more = JSON.stringify({ packages: { ...packages, 'node_modules/b': { version: '2.0.0' } } });
    expect(installDecision({ lock: more, stamp: undefined, record, machine }).kind).toBe('install');
  });

  it('only need a stamp when npm was run by hand; optional ones of other platforms are not missed', () => {
    expect(installDecision({ lock, stamp: undefined, record, machine })).toEqual({ kind: 'stamp' });
  });

  it('are installed anew in a folder that was copied from another kind of machine', () => {
    const decision = installDecision({ lock, stamp: stampOf(lock, 'darwin-arm64'), record, machine });
    expect(decision.kind).toBe('install');
  });
});

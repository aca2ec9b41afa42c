import { describe, expect, it } from 'vitest';
import { meaningOf, reasonNotToTry } from '../../../build/setup/electron-runtime.mjs';
import { diskFailure } from '../../../build/setup/failure.mjs';
import { npmFailure } from '../../../build/setup/npm-failure.mjs';
import { desktopRefusal, failedToOpen } from '../../../build/setup/way-to-open.mjs';

describe('what npm failed with', () => {
  it.each([
    ['npm error code ENOTFOUND\nnpm error network request to x failed', /could not be reached/, /Check the network/],
    ['npm error code EAI_AGAIN', /could not be reached/, /network/],
    ['npm error code ENOSPC\nnpm error nospc no space left on device', /disk is full/, /Free some space/],
    ['npm error code EACCES\nnpm error path /x', /could not be written/, /write access/],
    ['npm error code E401', /refused/, /Log in/],
    ['npm error code ETARGET', /does not have a package/, /mirror/],
    ['npm error code EINTEGRITY', /damaged/, /npm cache verify/],
    ['npm error code SELF_SIGNED_CERT_IN_CHAIN', /not trusted/, /NODE_EXTRA_CA_CERTS/],
    ['npm error code EUSAGE', /do not belong together/, /npm install/],
  ])('%j', (output, message, advice) => {
    const failure = npmFailure('Installing the packages', output, 'exit code 1');
    expect(failure.message).toMatch(/^Installing the packages failed: /);
    expect(failure.message).toMatch(message);
    expect(failure.advice).toMatch(advice);
  });

  it('tells its last lines when they mean nothing known', () => {
    const output = Array.from({ length: 30 }, (_, n) => `line ${n}`).join('\n');
    const { message, advice } = npmFailure('Installing the packages', output, 'exit code 7');
    expect(message).toContain('exit code 7');
    expect(message).toContain('line 29');
    expect(message).not.toContain('line 19\n');
    expect(advice).toContain('npm ci');
  });
});

describe('what the file system failed with', () => {
  it.each(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS'])('%s has advice', (code) => {
    const failure = diskFailure(Object.assign(new Error('x'), { code, path: '/some/where' }));
    expect(failure?.message).toContain('/some/where');
    expect(failure?.advice).not.toBe('');
  });

  it('anything else is told as it is', () => {
    expect(diskFailure(Object.assign(new Error('x'), { code: 'EBADF' }))).toBeUndefined();
    expect(diskFailure('x')).toBeUndefined();
  });
});

describe('the Electron runtime', () => {
  const failed = { version: '1.0.0', at: 1_000_000, why: 'no answer within 9 s' };
  const hour = 3_600_000;

  it('is not tried again on the day it could not be had', () => {
    const reason = reasonNotToTry(failed, '1.0.0', failed.at + 2 * hour);
    expect(reason).toContain('2 h ago');
    expect(reason).toContain('no answer within 9 s');
    expect(reason).toContain('--desktop');
  });

  it.each([
    ['there was no failure', undefined, '1.0.0', failed.at],
    ['another version is wanted', failed, '1.0.1', failed.at + hour],
    ['a day has passed', failed, '1.0.0', failed.at + 25 * hour],
    ['the clock was set back', failed, '1.0.0', failed.at - hour],
  ] as const)('is tried when %s', (_name, memory, version, now) => {
    expect(reasonNotToTry(memory, version, now)).toBeUndefined();
  });

  it.each([
    ['TypeError: fetch failed\n cause: getaddrinfo ENOTFOUND host', 'its server cannot be reached, ENOTFOUND'],
    ['HTTPError: Response code 404 (Not Found) for x', 'its server answered 404'],
    ['ENOSPC: no space left on device', 'the disk is full'],
    ['something else', 'its download failed'],
  ])('%j means: %s', (output, meaning) => {
    expect(meaningOf(output)).toBe(meaning);
  });
});

describe('the desktop app', () => {
  it.each([
    [{}, 'linux', true],
    [{ DISPLAY: ':0' }, 'linux', false],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', false],
    [{ ELECTRON_OVERRIDE_DIST_PATH: '/e' }, 'linux', false],
    [{}, 'darwin', false],
    [{}, 'win32', false],
  ] as const)('with %j on %s is refused: %s', (env, platform, refused) => {
    expect(desktopRefusal(env, platform) !== undefined).toBe(refused);
  });

  it.each([
    [127, 60_000, true],
    [126, 10, true],
    [133, 300, true],
    [139, 60_000, false],
    [0, 10, false],
    [1, 10, false],
    [130, 10, false],
  ])('that ends with %d after %d ms never opened: %s', (code, ms, expected) => {
    expect(failedToOpen(code, ms)).toBe(expected);
  });
});

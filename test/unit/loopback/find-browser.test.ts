import { describe, expect, it } from 'vitest';
import { displayProblem, findBrowser } from '../../../electron/loopback/find-browser.ts';
import { browserArguments } from '../../../electron/loopback/open-window.ts';

type Env = Readonly<Record<string, string>>;
const found = (platform: NodeJS.Platform, env: Env, programs: readonly string[]) =>
  findBrowser({ platform, env, isProgram: (path) => programs.includes(path) });

describe('findBrowser', () => {
  it('takes the first program on PATH, Chromium before Chrome before Edge', () => {
    const env = { PATH: '/opt/bin::relative:/usr/bin', HOME: '/home/kim' };
    const all = ['/usr/bin/microsoft-edge', '/usr/bin/google-chrome', '/usr/bin/chromium', '/opt/bin/chromium'];
    expect(found('linux', env, all)).toEqual({ name: 'Chromium', path: '/opt/bin/chromium', ownFolder: null });
    expect(found('linux', env, all.slice(0, 2))).toMatchObject({ name: 'Chrome', path: '/usr/bin/google-chrome' });
    expect(found('linux', env, all.slice(0, 1))).toMatchObject({ name: 'Edge' });
    expect(found('linux', env, ['relative/chromium'])).toBeNull();
    expect(found('linux', {}, [])).toBeNull();
  });

  it('knows where a snap may read', () => {
    const env = { PATH: '/usr/bin', HOME: '/home/kim' };
    const ownFolder = '/home/kim/snap/chromium/common';
    expect(found('linux', env, ['/snap/bin/chromium'])).toEqual({
      name: 'Chromium',
      path: '/snap/bin/chromium',
      ownFolder,
    });
    const script = ['/usr/bin/chromium-browser', '/snap/bin/chromium'];
    expect(found('linux', env, script)).toMatchObject({ path: '/usr/bin/chromium-browser', ownFolder });
    expect(found('linux', env, ['/usr/bin/chromium-browser'])).toMatchObject({ ownFolder: null });
  });

  it('looks into the applications on macOS and the program folders on Windows', () => {
    const app = '/Users/kim/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
    expect(found('darwin', { HOME: '/Users/kim', PATH: '/usr/bin' }, [app])).toMatchObject({ name: 'Edge', path: app });
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    expect(found('win32', { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' }, [edge])).toMatchObject({ path: edge });
  });
});

describe('displayProblem', () => {
  it('needs X11 or Wayland on Linux, and a seat elsewhere', () => {
    expect(displayProblem({ platform: 'linux', env: { DISPLAY: ':0' } })).toBeNull();
    expect(displayProblem({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeNull();
    expect(displayProblem({ platform: 'linux', env: { DISPLAY: '' } })).toContain('no display');
    expect(displayProblem({ platform: 'darwin', env: {} })).toBeNull();
    expect(displayProblem({ platform: 'darwin', env: { SSH_CONNECTION: 'a b' } })).toContain('SSH');
  });
});

describe('browserArguments', () => {
  it('names the file and the profile, and no address', () => {
    const args = browserArguments('/tmp/a b/open-1.html', '/data/browser', false);
    expect(args).toContain('--app=file:///tmp/a%20b/open-1.html');
    expect(args).toContain('--user-data-dir=/data/browser');
    expect(args).not.toContain('--no-sandbox');
    expect(args.join(' ')).not.toMatch(/http|token/u);
    expect(browserArguments('/tmp/open.html', '/data', true)).toContain('--no-sandbox');
  });
});

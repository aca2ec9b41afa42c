import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commandArguments } from '../../../electron/desktop/command-line.ts';
import { isOnPath, SHIM_MARK, type ShimMachine, shimOf } from '../../../electron/desktop/command-shim.ts';

const linux: ShimMachine = {
  platform: 'linux',
  env: {},
  home: '/home/ann',
  execPath: '/opt/Rollbook/rollbook-desktop',
};

function script(machine: ShimMachine): { path: string; text: string } {
  const shim = shimOf(machine);
  if (shim.kind === 'refused') throw new Error(shim.why);
  return shim;
}

describe('the script of the command', () => {
  it('hands every argument to the app unchanged, and none of them to Chromium', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollbook-shim-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const program = join(folder, "ann's app");
    writeFileSync(program, '#!/bin/sh\nprintf "%s\\n" "$@"\n');
    const shim = join(folder, 'rollbook');
    writeFileSync(shim, script({ ...linux, execPath: program }).text);
    for (const file of [program, shim]) chmodSync(file, 0o755);
    const got = execFileSync(shim, ['show', 'a b.md', '--no-sandbox', ''], { encoding: 'utf8' })
      .split('\n')
      .slice(0, -1);
    const own = ['--no-sandbox', '--disable-gpu', '--ozone-platform=headless', '--cli', '--'];
    expect(got).toEqual([...own, 'show', 'a b.md', '--no-sandbox', '']);
    expect(commandArguments(['/app', ...got])).toEqual(['show', 'a b.md', '--no-sandbox', '']);
  });

  it('starts the AppImage and not its mount, which is another one at the next start', () => {
    const image = { ...linux, env: { APPIMAGE: '/home/ann/Rollbook.AppImage' }, execPath: '/tmp/.mount_Rx1/rollbook' };
    expect(script(image).text).toContain("exec '/home/ann/Rollbook.AppImage' ");
  });

  it('needs no switch of Chromium on macOS, and is refused from a temporary copy', () => {
    const mac = {
      ...linux,
      platform: 'darwin' as const,
      execPath: '/Applications/Rollbook.app/Contents/MacOS/Rollbook',
    };
    expect(script(mac).text).toContain('/MacOS/Rollbook\' --cli -- "$@"\n');
    const moved = {
      ...mac,
      execPath: '/private/var/folders/x/AppTranslocation/1/d/Rollbook.app/Contents/MacOS/Rollbook',
    };
    expect(shimOf(moved)).toMatchObject({ kind: 'refused', why: expect.stringContaining('Applications') as string });
  });

  it('is a batch file on Windows, in a folder that is on PATH', () => {
    const env = { LOCALAPPDATA: String.raw`C:\Users\ann\AppData\Local` };
    const execPath = String.raw`C:\100%\Rollbook.exe`;
    const { path, text } = script({ platform: 'win32', env, home: '', execPath });
    expect(path).toBe(String.raw`C:\Users\ann\AppData\Local\Microsoft\WindowsApps\rollbook.cmd`);
    expect(text).toContain(String.raw`"C:\100%%\Rollbook.exe" --cli -- %*`);
    expect(
      isOnPath(path, String.raw`C:\Windows;c:\users\ann\appdata\local\microsoft\windowsapps\ `.trim(), 'win32'),
    ).toBe(true);
  });

  it('says whose it is, and whether the PATH has it', () => {
    expect(script(linux)).toMatchObject({
      path: '/home/ann/.local/bin/rollbook',
      text: expect.stringContaining(SHIM_MARK) as string,
    });
    expect(isOnPath('/home/ann/.local/bin/rollbook', '/usr/bin:/home/ann/.local/bin/', 'linux')).toBe(true);
    expect(isOnPath('/home/ann/.local/bin/rollbook', '/usr/bin:/home/ann/.local', 'linux')).toBe(false);
  });
});

describe('the arguments of the app', () => {
  it('are a command only in the form that the script uses', () => {
    expect(commandArguments(['/app', '--cli', '--', 'drill'])).toEqual(['drill']);
    expect(commandArguments(['/app', '--cli', '--'])).toEqual([]);
    for (const argv of [['/app'], ['/app', 'a.md'], ['/app', '--', '--cli', 'x'], ['/app', '--cli', 'drill']])
      expect(commandArguments(argv)).toBeNull();
  });
});

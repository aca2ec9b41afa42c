/** The command line of those who install only the app: installed from the menu, run by the packaged app. */
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Shell } from '../hosts/shell.ts';
import { expect, test } from '../shell-test.ts';
import { processEnvironment } from '../../fixtures/process-environment.ts';

const from = (name: string): string => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

/** Stands in for the packaged program: starts the built main bundle on the double. */
const PROGRAM = `#!/bin/sh
exec '${process.execPath}' --disable-warning=ExperimentalWarning '${from('test/electron-double/main/start.ts')}' '${from('dist/desktop/main.js')}' "$@"
`;

const install = (shell: Shell): Promise<void> =>
  shell.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
    items.find((item) => item.label === 'Install the `rollbook` Command...')?.click();
  });

const told = (shell: Shell): Promise<string> =>
  shell.evaluate(() => {
    const record = (globalThis as never as { electronDoubleRecord: { name: string; args: unknown[] }[] })
      .electronDoubleRecord;
    return JSON.stringify(record.filter(({ name }) => name === 'dialog.showMessageBox').map(({ args }) => args.at(-1)));
  });

test.skip(process.platform === 'win32', 'the stand-in for the program is a shell script');

test('the menu installs the command, and it runs a drill without a window', async ({ folder, start }) => {
  const program = join(folder, 'Rollbook.AppImage');
  writeFileSync(program, PROGRAM);
  chmodSync(program, 0o755);
  const shell = await start({ packaged: true, env: { HOME: folder, APPIMAGE: program } });
  await shell.window();
  await install(shell);
  await expect.poll(() => told(shell)).toContain('The rollbook command is installed.');
  expect(await told(shell)).toContain(`Your PATH does not have ${join(folder, '.local/bin')}`);

  const command = join(folder, '.local/bin/rollbook');
  const env = { ...processEnvironment(folder), ROLLBOOK_HOME: join(folder, 'other') };
  const run = (...args: readonly string[]) => spawnSync(command, args, { cwd: folder, env, encoding: 'utf8' });
  const drill = run('drill', '--scenario', 'app-rollback', '--auto', '--speed', '600', '--expect');
  expect(drill.stderr).toBe('');
  expect(drill.stdout).toMatch(/^DRILL app-rollback: verified/);
  expect(drill.status).toBe(0);
  expect(run('drill', '--scenery').status).toBe(2);
});

test('a program of that name which is not ours stays', async ({ folder, start }) => {
  const other = join(folder, '.local/bin/rollbook');
  const shell = await start({ packaged: true, env: { HOME: folder } });
  await shell.window();
  spawnSync('mkdir', ['-p', join(folder, '.local/bin')]);
  writeFileSync(other, 'of somebody else');
  await install(shell);
  await expect.poll(() => told(shell)).toContain(`${other} is another program.`);
  expect(readFileSync(other, 'utf8')).toBe('of somebody else');
});

/** Installs the `rollbook` command for those who have only the app, and says where it is. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { app, dialog } from 'electron';
import { writeWhole } from '#core/files/write-whole.ts';
import { toFailure } from '#shared/api/result.ts';
import { isOnPath, SHIM_MARK, shimOf } from './command-shim.ts';
import { mainWindow } from './window.ts';

interface Answer {
  readonly type: 'info' | 'warning';
  readonly message: string;
  readonly detail: string;
}

/** `path`: PATH as the person's shell has it. */
export async function installCommand(path: string): Promise<void> {
  const answer = install(path);
  const window = mainWindow();
  await (window === null ? dialog.showMessageBox(answer) : dialog.showMessageBox(window, answer));
}

function install(path: string): Answer {
  const { platform, env, execPath } = process;
  const failed = (detail: string): Answer => ({ type: 'warning', message: 'The command was not installed.', detail });
  const shim = shimOf({ platform, env, home: homedir(), execPath });
  if (shim.kind === 'refused') return failed(shim.why);
  try {
    if (!(present(shim.path)?.includes(SHIM_MARK) ?? true))
      return failed(`${shim.path} is another program. Remove or rename it first.`);
    writeWhole(shim.path, shim.text, 'The rollbook command', 0o755);
  } catch (thrown) {
    const { message, advice } = toFailure(thrown);
    return failed([message, advice ?? ''].join(' ').trimEnd());
  }
  const detail = isOnPath(shim.path, path, platform)
    ? `Try \`rollbook --help\` in a new terminal. It is ${shim.path} and runs this ${app.getName()}.`
    : `It is ${shim.path}. Your PATH does not have ${dirname(shim.path)}: add it in the start-up file of your shell.`;
  return { type: 'info', message: 'The rollbook command is installed.', detail };
}

function present(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}

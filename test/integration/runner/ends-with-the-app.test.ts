/** Read-only commands end with the app, however it ends. */
import { fileURLToPath } from 'node:url';

import { execa, execaSync } from 'execa';
import { describe, expect, it } from 'vitest';

import { groupIsGone } from '#core/runner/process-group.ts';

import { mindGroup, newFolder, until } from './workbench.ts';

const APP = fileURLToPath(new URL('./short-lived-app.ts', import.meta.url));

/** Another process with a read-only command, once it printed `said`: its pid, and the group of the command. */
async function appThatReads(script: string, said: string) {
  const folder = newFolder();
  const app = execa(process.execPath, [APP, folder, folder, 'read', script], { reject: false, buffer: false });
  const text = await new Promise<string>((resolve) => {
    let heard = '';
    app.stdout.on('data', (bytes: Buffer) => {
      heard += bytes.toString();
      if (heard.includes(said)) resolve(heard);
    });
  });
  const { pid } = JSON.parse(text.split('\n')[0] ?? '') as { pid: number };
  mindGroup(pid);
  return {
    group: pid,
    async kill() {
      app.nodeChildProcess.kill('SIGKILL');
      await app;
      await until(() => !execaSync('ps', ['-A', '-o', 'args=']).stdout.includes(`rollbook-reads:${app.pid}`));
    },
  };
}

describe('a reading whose app was killed', () => {
  it('ends, though it is silent and never would by itself', async () => {
    const app = await appThatReads('echo up; sleep 1000', 'pid');
    expect(groupIsGone(app.group)).toBe(false);
    await app.kill();
    expect(groupIsGone(app.group)).toBe(true);
  });

  it('ends with all that it started, though none of them wants to', async () => {
    const app = await appThatReads("trap '' TERM INT HUP; sleep 1000 & echo up; while :; do sleep 1; done", 'pid');
    await app.kill();
    await until(() => groupIsGone(app.group));
  });

  it('leaves alone what one left behind that had ended before', async () => {
    const app = await appThatReads('sleep 1000 >/dev/null 2>&1 & echo up', 'ended');
    await app.kill();
    expect(groupIsGone(app.group)).toBe(false);
  });
});

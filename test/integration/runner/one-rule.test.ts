/** A program that is run for its output is done when it exits, whatever it leaves running, or at its time limit. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { commandReader } from '#core/readiness/read-command.ts';
import { loginEnvironment } from '#core/runner/login-shell.ts';
import { groupIsGone } from '#core/runner/process-group.ts';
import { toolLocator } from '#core/runner/tool-locator.ts';
import { readSecret } from '#core/settings/secret-source.ts';
import { platformVault } from '#core/settings/vault.ts';
import { helpAsker } from '#core/runbook-check/run-help.ts';
import type { SecretSource } from '#shared/settings/settings.ts';

import { acceleratedPorts } from '../../tools/accelerated-ports.ts';
import { clock, mindGroup, newBench, newFolder, SH, until } from './workbench.ts';

const PATH = process.env['PATH'] ?? '';
/** A time limit for starting programs on a busy machine, ms. */
const PATIENCE_MS = 20_000;

/**
 * A program `name` on a PATH of its own. It starts a helper that leaves its group and holds its output open, prints
 * `says`, and then ends, or does whatever `then` says.
 */
function withDaemon(name: string, says: string, then = 'exit 0') {
  const folder = newFolder();
  const [helper, own] = [join(folder, 'helper'), join(folder, 'own')];
  const start =
    `const c=require('child_process').spawn('sleep',['1000'],{detached:true,stdio:['ignore','inherit','inherit']});` +
    `require('fs').writeFileSync(process.argv[1],String(c.pid));c.unref()`;
  const script = `#!/bin/sh\necho $$ >'${own}'\n[ -e '${helper}' ] || '${process.execPath}' -e "${start}" '${helper}'\nprintf '%s' '${says}'\n${then}\n`;
  writeFileSync(join(folder, name), script, { mode: 0o755 });
  const pidIn = (path: string): number => Number(readFileSync(path, 'utf8'));
  onTestFinished(() => {
    if (existsSync(helper) && !groupIsGone(pidIn(helper))) process.kill(-pidIn(helper), 'SIGKILL');
  });
  return {
    folder,
    environment: { PATH: `${folder}:${PATH}` },
    helperLives: () => existsSync(helper) && !groupIsGone(pidIn(helper)),
    /** The group of the program itself. */
    group: () => pidIn(own),
  };
}

const source = (tool: string): SecretSource => ({ kind: 'command', argv: [tool] });

describe('a helper that goes on in the background and holds the output of its program', () => {
  it('does not keep a secret from being read', async () => {
    const { environment, helperLives } = withDaemon('keeper-of-secrets', 'value');
    expect(await readSecret('book', 'KEY', source('keeper-of-secrets'), { clock, environment, vaults: [] })).toBe(
      'value',
    );
    expect(helperLives()).toBe(true);
  });

  it('does not keep the keyring from answering', async () => {
    const { environment, helperLives } = withDaemon('secret-tool', 'value');
    expect(await platformVault(environment, clock, 'linux')?.get('book/KEY')).toBe('value');
    expect(helperLives()).toBe(true);
  });

  it('does not keep a tool from saying its version, its help, and what readiness asks', async () => {
    const { environment, helperLives, folder } = withDaemon('fly', 'fly v1.2.3');
    expect(await toolLocator({ clock, environment, versionLimitMs: PATIENCE_MS }).locate('fly')).toMatchObject({
      version: '1.2.3',
    });
    expect(await commandReader(clock, environment)('fly', [], PATIENCE_MS)).toMatchObject({
      code: 0,
      stdout: 'fly v1.2.3',
    });
    const asker = await helpAsker(clock, environment);
    onTestFinished(() => asker.close());
    expect(await asker.ask(join(folder, 'fly'), ['--help'])).toMatchObject({ text: 'fly v1.2.3\n', code: 0 });
    expect(helperLives()).toBe(true);
  });

  it('does not keep the login shell from saying its variables', async () => {
    const { folder, helperLives } = withDaemon('shell', '', '[ $# -gt 1 ] && exec /bin/sh -c "$2"');
    const inherited = { PATH, MINE: 'kept' };
    const { from, variables } = await loginEnvironment({
      clock,
      inherited,
      shell: join(folder, 'shell'),
      limitMs: PATIENCE_MS,
    });
    expect({ from, mine: variables['MINE'] }).toEqual({ from: 'login-shell', mine: 'kept' });
    expect(helperLives()).toBe(true);
  });
});

describe('the limit of what is run for its answer', () => {
  it('ends the source of a secret with its whole group, though it ignores the friendly signal', async () => {
    const hang = "trap '' TERM; sleep 1000 & while :; do sleep 1; done";
    const { environment, helperLives, group } = withDaemon('slow', 'half', hang);
    const accelerated = acceleratedPorts(6, Date.now()).clock;
    const reading = readSecret('book', 'KEY', source('slow'), { clock: accelerated, environment, vaults: [] });
    await expect(reading).rejects.toMatchObject({ message: 'slow, the source of KEY, did not end within 30 s.' });
    expect(groupIsGone(group())).toBe(true);
    expect(helperLives()).toBe(true);
  });

  it('stops a source that prints without end', async () => {
    const { environment, group } = withDaemon('endless', 'x', 'while :; do echo more; done');
    const reading = readSecret('book', 'KEY', source('endless'), { clock, environment, vaults: [] });
    await expect(reading).rejects.toMatchObject({ message: expect.stringContaining('more than a secret') as string });
    await until(() => groupIsGone(group()));
  });

  it('asks before it kills: a program may end in order', async () => {
    const script = "trap 'echo asked; exit 0' TERM; trap '' INT; echo up; while :; do sleep 0.05; done";
    const { process, output } = await newBench().start('read', [SH, '-c', script], { timeoutMs: 3_000 });
    mindGroup(process.pgid);
    expect(await process.exited).toEqual({ kind: 'timeout', afterMs: 3_000 });
    expect(output.stdout).toBe('up\nasked\n');
  });
});

/** The login shells that people have, with the start-up files that people have. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loginEnvironment } from '#core/runner/login-shell.ts';
import { skippedFor } from '../../fixtures/skipping.ts';
import { systemPorts } from '#core/system-ports.ts';

const { clock } = systemPorts();

/** A home folder with these files. */
function home(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-home-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

/** Asks as a desktop app does: a short PATH, no TERM. */
const asked = (shell: string, folder: string, limitMs = 20_000) =>
  loginEnvironment({ clock, shell, limitMs, inherited: { HOME: folder, PATH: '/usr/bin:/bin' } });

const OWN = 'export PATH=/own/bin:$PATH\n';
const found = (name: string): string | null =>
  ['/bin', '/usr/bin', '/usr/local/bin'].map((folder) => `${folder}/${name}`).find(existsSync) ?? null;

const SHELLS: readonly [name: string, file: string, text: string][] = [
  ['bash', '.bash_profile', OWN],
  ['sh', '.profile', OWN],
  ['dash', '.profile', OWN],
  ['zsh', '.zshrc', OWN],
  ['fish', '.config/fish/config.fish', 'set -gx PATH /own/bin $PATH\n'],
];

describe.each(SHELLS)('%s', (name, file, text) => {
  const shell = found(name);
  it('says what its start-up files set', skippedFor(shell === null ? `there is no ${name}` : null), async () => {
    const { variables, from, problem } = await asked(shell ?? '', home({ [file]: `echo welcome\n${text}` }));
    expect({ from, problem }).toEqual({ from: 'login-shell', problem: null });
    expect(variables['PATH']).toMatch(/^\/own\/bin:/);
    expect(variables).not.toHaveProperty('TERM');
  });
});

describe('start-up files', skippedFor(process.platform === 'win32' ? 'Windows has no login shell' : null), () => {
  it('that hand over to another shell are read to their end', async () => {
    const folder = home({ '.bash_profile': `${OWN}exec sh\n`, '.profile': '' });
    const { variables, problem } = await asked('/bin/bash', folder);
    expect(problem).toBeNull();
    expect(variables['PATH']).toMatch(/^\/own\/bin:/);
  });

  it('that need a terminal to be named find one', async () => {
    const folder = home({ '.bash_profile': `set -e\n[ -n "$TERM" ]\n${OWN}set +e\n` });
    const { variables, problem } = await asked('/bin/bash', folder);
    expect(problem).toBeNull();
    expect(variables['PATH']).toMatch(/^\/own\/bin:/);
  });

  it('of interactive shells that hang are left out, and that is said', async () => {
    const folder = home({ '.bash_profile': `${OWN}case $- in *i*) trap '' TERM; while :; do sleep 1; done;; esac\n` });
    const { variables, from, problem } = await asked('/bin/bash', folder, 1_500);
    expect(from).toBe('login-shell');
    expect(variables['PATH']).toMatch(/^\/own\/bin:/);
    expect(problem).toMatch(/-ilc did not start within 1.5 s; only asked without start-up files of interactive shells/);
  });

  it('that stop at their first failure leave what comes before them, and that is said', async () => {
    const folder = home({ '.bash_profile': `${OWN}set -e\nfalse\n`, '.profile': '' });
    const { from, problem } = await asked('/bin/bash', folder);
    expect(from).toBe('login-shell');
    expect(problem).toMatch(/-ilc did not print its variables; only asked without .* and of logins/);
  });
});

describe('an env that knows no -0', () => {
  it('is read by lines', async () => {
    const old = 'env() { [ "$1" = -0 ] && return 1; /usr/bin/env "$@"; }';
    const folder = home({
      // Replaces the path of env in the question by the function.
      shell: `#!/bin/sh\n${old}\nexport MULTI='a\nb c' PATH=/own/bin:$PATH\neval "$(printf '%s' "$2" | sed 's#/usr/bin/env#env#g')"\n`,
    });
    const { variables, problem } = await asked(join(folder, 'shell'), folder);
    expect(problem).toBeNull();
    expect(variables).toMatchObject({ MULTI: 'a\nb c', PATH: '/own/bin:/usr/bin:/bin' });
  });
});

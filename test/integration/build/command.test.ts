import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeMiniProject, type MiniProject } from './mini-project.ts';

let mini: MiniProject;
beforeEach(() => {
  mini = makeMiniProject();
});
afterEach(() => mini.dispose());

const installs = () => readFileSync(join(mini.root, 'npm.log'), 'utf8').trim().split('\n');

describe('the rollbook command', () => {
  it('installs and builds at first, and says both on stderr only', () => {
    const { status, stdout, told } = mini.run('rollbook.mjs', ['show', 'x.md', '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ cwd: mini.root, args: ['show', 'x.md', '--json'] });
    expect(told[0]).toMatch(/^rollbook: Installing the packages \(first start/);
    expect(told[1]).toBe('rollbook: Building cli (not built yet)...');
    expect(installs()).toHaveLength(1);
    expect(installs()[0]).toMatch(/^ci /);
  });

  it('is silent when there is nothing to do', () => {
    mini.run('rollbook.mjs', ['show']);
    const { status, told } = mini.run('rollbook.mjs', ['show']);
    expect({ status, told }).toEqual({ status: 0, told: [] });
    expect(installs()).toHaveLength(1);
  });

  it('installs again after the lock file changed', () => {
    mini.run('rollbook.mjs');
    mini.write('package-lock.json', '{ "packages": { "": {}, "node_modules/a": { "version": "1.0.1" } } }');
    const { told } = mini.run('rollbook.mjs');
    expect(told[0]).toContain('the lock file changed since the last install');
    expect(installs()).toHaveLength(2);
  });

  it('builds again after a source changed, and says which; not after one was only touched', () => {
    mini.run('rollbook.mjs');
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(mini.root, 'shared/one.ts'), later, later);
    expect(mini.run('rollbook.mjs').told).toEqual([]);
    mini.write('shared/one.ts', '// two');
    expect(mini.run('rollbook.mjs').told[0]).toBe('rollbook: Building cli (shared/one.ts changed)...');
    expect(mini.run('rollbook.mjs').told).toEqual([]);
  });

  it('builds again after a source was removed or the bundle went', () => {
    mini.write('shared/two.ts', '');
    mini.run('rollbook.mjs');
    mini.remove('shared/two.ts');
    expect(mini.run('rollbook.mjs').told[0]).toBe('rollbook: Building cli (shared/two.ts changed)...');
    mini.remove('dist');
    expect(mini.run('rollbook.mjs').told[0]).toBe('rollbook: Building cli (not built yet)...');
  });

  it("runs in the caller's folder, started directly or by npm", () => {
    const folder = join(mini.root, 'sub', 'folder');
    const direct = mini.run('rollbook.mjs', ['show', '../x.md'], { folder: 'sub/folder' });
    expect(JSON.parse(direct.stdout)).toEqual({ cwd: folder, args: ['show', '../x.md'] });
    const byNpm = mini.exec('npm', ['run', '-s', 'rollbook', '--', 'show', '../x.md', '--json'], 'sub/folder');
    expect(JSON.parse(byNpm.stdout)).toEqual({ cwd: folder, args: ['show', '../x.md', '--json'] });
  });

  it('tells the program what was typed to start it', () => {
    mini.run('rollbook.mjs');
    mini.write('dist/cli/main.js', 'process.stdout.write(process.env.ROLLBOOK_INVOCATION);');
    expect(mini.exec('npm', ['run', '-s', 'rollbook', '--', 'show'], 'sub').stdout).toBe('npm run -s rollbook --');
    expect(mini.run('rollbook.mjs', ['show'], { folder: 'sub' }).stdout).toBe('node ../build/rollbook.mjs');
  });

  it('hands on the exit code', () => {
    mini.run('rollbook.mjs');
    mini.write('dist/cli/main.js', 'process.exit(4);');
    expect(mini.run('rollbook.mjs').status).toBe(4);
    mini.write('dist/cli/main.js', "process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);");
    expect(mini.run('rollbook.mjs').status).toBe(128 + 15);
  });

  it('builds the window too before it serves', () => {
    expect(mini.run('rollbook.mjs', ['serve']).told[1]).toBe('rollbook: Building cli, window (not built yet)...');
  });
});

describe('a machine that cannot set Rollbook up', () => {
  it('without network: exit 3, what happened, what to do, nothing on stdout', () => {
    mini.write('npm/npm-cli.js', "console.error('npm error code ENOTFOUND'); process.exit(1);");
    const { status, stdout, told } = mini.run('rollbook.mjs', ['show']);
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(told.slice(1)).toEqual([
      'rollbook: Installing the packages failed: the package registry could not be reached.',
      'rollbook: Check the network (and HTTPS_PROXY, if you need one), then start again.',
    ]);
  });

  it('tries again at the next start after an install failed', () => {
    mini.write('npm/npm-cli.js', 'process.exit(1);');
    expect(mini.run('rollbook.mjs').status).toBe(3);
    expect(mini.run('rollbook.mjs').told[0]).toContain('Installing the packages');
  });

  it('without npm: exit 3 and how to get it', () => {
    const { status, told } = mini.run('rollbook.mjs', [], { env: { PATH: '', npm_execpath: '' } });
    expect(status).toBe(3);
    expect(told[1]).toBe('rollbook: npm was not found on this machine.');
    expect(told[2]).toContain('Install npm');
  });

  it('with a source that does not build: exit 1, and the old bundle stays out of use', () => {
    mini.run('rollbook.mjs');
    mini.write('build/bundle/build.mjs', "console.error('shared/one.ts: unexpected token'); process.exit(1);");
    const { status, stdout, told } = mini.run('rollbook.mjs');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(told).toContain('shared/one.ts: unexpected token');
    expect(told).toContain('rollbook: Building cli failed.');
  });

  it('goes on when the start that held the lock has died', () => {
    mini.write('.cache/setup.lock/pid', '999999999');
    expect(mini.run('rollbook.mjs').status).toBe(0);
  });
});

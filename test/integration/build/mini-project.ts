import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../..', import.meta.url));

/** Replaces the built command line: prints its folder, arguments and Node. */
const ECHO = 'console.log(JSON.stringify({ cwd: process.cwd(), args: process.argv.slice(2) }));';

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  /** Lines of stderr. */
  readonly told: readonly string[];
}

export interface MiniProject {
  readonly root: string;
  write(file: string, content: string): void;
  remove(file: string): void;
  /** Runs `node build/<script>` in a folder of the project. */
  run(script: string, args?: readonly string[], options?: { readonly folder?: string; readonly env?: Env }): Ran;
  /** Runs a program with the same environment. */
  exec(file: string, args: readonly string[], folder: string): Ran;
  dispose(): void;
}

type Env = Readonly<Record<string, string>>;

/**
 * A project with the real build scripts and almost nothing to install or build: its npm is a script (npm-cli.js), which
 * a test can replace, and `build/bundle/build.mjs` writes the program above instead of bundles.
 */
export function makeMiniProject(): MiniProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'rollbook-start-')));
  const write = (file: string, content: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  };
  cpSync(join(project, 'build'), join(root, 'build'), { recursive: true });
  cpSync(join(project, 'package.json'), join(root, 'package.json'));
  write('package-lock.json', '{ "packages": { "": {}, "node_modules/a": { "version": "1.0.0" } } }');
  write('electron/cli/main.ts', '// one');
  write('renderer/main.tsx', '// one');
  write('shared/one.ts', '// one');
  write('sub/folder/.keep', '');
  write(
    'npm-cli.js',
    `const fs = require('node:fs');
fs.appendFileSync(${JSON.stringify(join(root, 'npm.log'))}, process.argv.slice(2).join(' ') + '\\n');
fs.mkdirSync('node_modules', { recursive: true });
fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');`,
  );
  // npm-cli.js is CommonJS, as npm's own is, so its folder needs another module type.
  mkdirSync(join(root, 'npm'));
  cpSync(join(root, 'npm-cli.js'), join(root, 'npm', 'npm-cli.js'));
  rmSync(join(root, 'npm-cli.js'));
  write('npm/package.json', '{ "type": "commonjs" }');
  write(
    'build/bundle/build.mjs',
    `import { mkdirSync, writeFileSync } from 'node:fs';
for (const target of process.argv.slice(2)) {
  mkdirSync(new URL('../../dist/' + target, import.meta.url), { recursive: true });
  const file = target === 'window' ? 'index.html' : 'main.js';
  writeFileSync(new URL('../../dist/' + target + '/' + file, import.meta.url), ${JSON.stringify(ECHO)});
}
console.log('built');`,
  );
  const exec = (file: string, args: readonly string[], folder: string, env: Env = {}): Ran => {
    const { status, stdout, stderr } = spawnSync(file, args, {
      cwd: join(root, folder),
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: root,
        ROLLBOOK_CACHE: join(root, 'cache'),
        npm_execpath: join(root, 'npm', 'npm-cli.js'),
        ...env,
      },
    });
    return { status, stdout, told: stderr.split('\n').filter((line) => line !== '') };
  };
  return {
    root,
    write,
    remove: (file) => rmSync(join(root, file), { recursive: true }),
    run: (script, args = [], { folder = '.', env = {} } = {}) =>
      exec(process.execPath, [join(root, 'build', script), ...args], folder, env),
    exec,
    dispose() {
      chmodSync(root, 0o700);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLayers } from '../../../build/checks/layers.mjs';
import { makeSkeleton, project, type Skeleton } from './skeleton.ts';

let skeleton: Skeleton;
beforeAll(() => {
  skeleton = makeSkeleton();
});
afterAll(() => skeleton.dispose());

/** The compiler's complaints about one file; the same call as in `npm test`. */
function compile(): { readonly code: number | null; readonly output: string } {
  const tsc = join(project, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-b', '--pretty', 'false'], {
    cwd: skeleton.root,
    encoding: 'utf8',
  });
  return { code: status, output: stdout };
}

interface Planted {
  readonly name: string;
  readonly file: string;
  readonly code: string;
  /** Part of the compiler's complaint; without it the compiler cannot see this one. */
  readonly compiler?: RegExp;
  /** Part of the layer check's complaint; without it this is the compiler's alone. */
  readonly check?: RegExp;
}

const PLANTED: readonly Planted[] = [
  {
    name: 'a class that implements an interface',
    file: 'shared/bad.ts',
    code: 'interface Clock {\n  now(): number;\n}\nexport class Wall implements Clock {\n  now = () => 1;\n}',
    check: /shared\/bad\.ts: 'export class Wall implements Clock \{': write a function/,
  },
  {
    name: 'a class that extends another',
    file: 'shared/bad.ts',
    code: 'class Log {}\nexport class LateLog<T extends {}> extends Log {\n  kept: T[] = [];\n}',
    check: /LateLog.*a class extends only errors/,
  },
  { name: 'process in shared', file: 'shared/bad.ts', code: 'export const bad = process.pid;', compiler: /'process'/ },
  { name: 'document in shared', file: 'shared/bad.ts', code: 'export const bad = document;', compiler: /'document'/ },
  {
    name: 'a module of Node in shared',
    file: 'shared/bad.ts',
    code: "import { readFileSync } from 'node:fs';\nexport const bad = readFileSync;",
    compiler: /'node:fs'/,
    check: /does not run on Node/,
  },
  {
    name: 'shared importing the core',
    file: 'shared/bad.ts',
    code: "import { two } from '#core/two.ts';\nexport const bad = two;",
    compiler: /TS6059|TS6307/,
    check: /shared may import only shared/,
  },
  {
    name: 'shared importing a type of the core',
    file: 'shared/bad.ts',
    code: "import type { two } from '../electron/core/two.ts';\nexport type Bad = typeof two;",
    compiler: /TS6059|TS6307/,
    check: /shared may import only shared/,
  },
  {
    name: 'an environment brought into shared by a reference',
    file: 'shared/bad.ts',
    code: '/// <reference types="node" />\nexport const bad = process.pid;',
    check: /names its environment/,
  },
  {
    name: 'a package of Node in shared',
    file: 'shared/bad.ts',
    code: "import { execa } from 'execa';\nexport const bad = execa;",
    check: /not in the list of shared/,
  },
  {
    name: 'the window importing the core',
    file: 'renderer/bad.ts',
    code: "import { two } from '#core/two.ts';\nexport const bad = two;",
    compiler: /TS6059|TS6307/,
    check: /renderer may import only renderer, shared/,
  },
  {
    name: 'process in the window',
    file: 'renderer/bad.ts',
    code: 'export const bad = process.pid;',
    compiler: /'process'/,
  },
  {
    name: 'zod in the page by way of shared',
    file: 'renderer/bad.ts',
    code: "import { table } from '#shared/table.ts';\nexport const bad = table;",
    check: /renderer\/bad\.ts -> shared\/table\.ts -> zod/,
  },
  {
    name: 'the core importing the window',
    file: 'electron/core/bad.ts',
    code: "import { page } from '../../renderer/page.tsx';\nexport const bad = page;",
    compiler: /TS6059|TS6307|TS6142/,
    check: /electron\/core may import only/,
  },
  {
    name: 'the core importing a host',
    file: 'electron/core/bad.ts',
    code: "import { host } from '../loopback/host.ts';\nexport const bad = host;",
    check: /electron\/core may import only/,
  },
  {
    name: 'the core loading a host when it runs',
    file: 'electron/core/bad.ts',
    code: "export const bad = () => import('../loopback/host.ts');",
    check: /electron\/core may import only/,
  },
  {
    name: 'the core naming a type of a host',
    file: 'electron/core/bad.ts',
    code: "export type Bad = typeof import('../loopback/host.ts').host;",
    check: /electron\/core may import only/,
  },
  {
    name: 'the core starting a process beside the runner',
    file: 'electron/core/bad.ts',
    code: "import { execa } from 'execa';\nexport const bad = execa;",
    check: /only electron\/core\/runner starts processes/,
  },
  {
    name: 'a host starting a process of its own',
    file: 'electron/cli/bad.ts',
    code: "import { spawn } from 'node:child_process';\nexport const bad = spawn;",
    check: /only electron\/core\/runner starts processes/,
  },
  {
    name: 'the engine importing a kind of step',
    file: 'electron/core/engine/bad.ts',
    code: "import { task } from '#core/steps/task.ts';\nexport const bad = task;",
    check: /only by their registries/,
  },
  {
    name: 'the engine importing a platform',
    file: 'electron/core/engine/bad.ts',
    code: "import { isMixed } from '#shared/platforms/fly/machine-states.ts';\nexport const bad = isMixed;",
    check: /only by their registries/,
  },
  {
    name: 'live code importing a simulator',
    file: 'electron/core/login/bad.ts',
    code: "import { fly } from '#core/platforms/fly/simulator/fly.ts';\nexport const bad = fly;",
    check: /only electron\/core\/drills\/ joins simulators/,
  },
  {
    name: 'a host naming a type of the simulator',
    file: 'electron/cli/bad.ts',
    code: "import type { Scenario } from '#core/simulator/scenario.ts';\nexport type Bad = Scenario;",
    check: /only electron\/core\/drills\/ joins simulators/,
  },
  {
    name: 'the core importing Electron',
    file: 'electron/core/bad.ts',
    code: "import type { App } from 'electron';\nexport type Bad = App;",
    check: /only electron\/desktop knows Electron/,
  },
  {
    name: 'the loopback host importing the command line',
    file: 'electron/loopback/bad.ts',
    code: "export { main } from '../cli/main.ts';",
    check: /electron\/loopback may import only/,
  },
  {
    name: 'the desktop importing the loopback host',
    file: 'electron/desktop/bad.ts',
    code: "import { host } from '../loopback/host.ts';\nexport const bad = host;",
    check: /electron\/desktop may import only/,
  },
  {
    name: 'a file outside of the layers',
    file: 'electron/bad.ts',
    code: 'export const bad = 1;',
    check: /is in no layer/,
  },
];

describe('the layers', () => {
  it('let every allowed import through', () => {
    const { breaches, files } = checkLayers(skeleton.root);
    expect(breaches).toEqual([]);
    expect(files).toBe(8);
    expect(compile()).toEqual({ code: 0, output: '' });
  });

  it.each(PLANTED.filter(({ check }) => check !== undefined))(
    'the layer check finds $name',
    ({ file, code, check }) => {
      skeleton.plant(file, code);
      try {
        const { breaches } = checkLayers(skeleton.root);
        expect(breaches).toHaveLength(1);
        expect(breaches[0]).toMatch(check!);
        expect(breaches[0]).toContain(file);
      } finally {
        skeleton.remove(file);
      }
    },
  );

  it.each(PLANTED.filter(({ compiler }) => compiler !== undefined))(
    'the compiler finds $name',
    ({ file, code, compiler }) => {
      skeleton.plant(file, code);
      try {
        const { code: status, output } = compile();
        expect(status).not.toBe(0);
        const lines = output.split('\n').filter((line) => line.startsWith(file));
        expect(lines.join('\n')).toMatch(compiler!);
      } finally {
        skeleton.remove(file);
      }
    },
  );

  it('the layer check finds import cycles, those of types too', () => {
    const cycle = {
      'shared/first.ts': "import type { Second } from './second.ts';\nexport type First = Second;",
      'shared/second.ts': "import { third } from './third.ts';\nexport type Second = typeof third;",
      'shared/third.ts': "import type { First } from './first.ts';\nexport const third: First[] = [];",
      // Imports a file of the cycle, but is not in it.
      'shared/outside.ts': "export { third } from './third.ts';",
    };
    for (const [file, code] of Object.entries(cycle)) skeleton.plant(file, code);
    try {
      const { breaches } = checkLayers(skeleton.root);
      expect(breaches).toEqual([
        expect.stringMatching(/import cycle: (shared\/(first|second|third)\.ts( -> )?){4}\.$/),
      ]);
    } finally {
      for (const file of Object.keys(cycle)) skeleton.remove(file);
    }
  });

  it('make the command that npm test runs fail', () => {
    const run = () =>
      spawnSync(process.execPath, [join(project, 'build/check-layers.mjs'), skeleton.root], { encoding: 'utf8' });
    expect(run().status).toBe(0);
    skeleton.plant('electron/core/bad.ts', "import 'electron';");
    try {
      const { status, stderr } = run();
      expect(status).toBe(1);
      expect(stderr).toContain("electron/core/bad.ts:1: imports 'electron'");
    } finally {
      skeleton.remove('electron/core/bad.ts');
    }
  });
});

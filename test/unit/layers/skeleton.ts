import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('../../..', import.meta.url));

/** The configuration of the layers, copied from the project. */
const RULES = [
  'package.json',
  'tsconfig.json',
  'build/tsconfig.base.json',
  'build/tsconfig.json',
  'shared/tsconfig.json',
  'electron/tsconfig.json',
  'renderer/tsconfig.json',
  'test/tsconfig.json',
];

/** The smallest project with a file in each layer and every allowed import. */
const INHABITANTS = {
  'build/nothing.mjs': 'export const nothing = 0;',
  'shared/one.ts': 'export const one: number = 1;',
  'shared/table.ts': "import { z } from 'zod';\nexport const table = z.string();\nexport type Row = string;",
  'electron/core/two.ts':
    "import { tmpdir } from 'node:os';\nimport { one } from '#shared/one.ts';\nexport const two = [one, tmpdir(), process.pid];",
  'electron/core/runner/spawn.ts': "import { spawn } from 'node:child_process';\nexport const start = spawn;",
  'electron/loopback/host.ts': "import { two } from '#core/two.ts';\nexport const host = two;",
  'electron/cli/main.ts': "import { host } from '../loopback/host.ts';\nexport const main = host;",
  'electron/desktop/main.ts': "import { app } from 'electron';\nexport const name: string = app.name;",
  'renderer/page.tsx':
    "import { one } from '#shared/one.ts';\nimport type { Row } from '#shared/table.ts';\nexport const page: Row = `${document.title} ${one}`;",
  'test/three.ts': "import { two } from '#core/two.ts';\nexport const three = two;",
};

export interface Skeleton {
  readonly root: string;
  plant(file: string, code: string): void;
  remove(file: string): void;
  dispose(): void;
}

export function makeSkeleton(): Skeleton {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'rollbook-layers-')));
  const plant = (file: string, code: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), `${code}\n`);
  };
  for (const file of RULES) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(project, file), join(root, file));
  }
  for (const [file, code] of Object.entries(INHABITANTS)) plant(file, code);
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'junction');
  return {
    root,
    plant,
    remove: (file) => rmSync(join(root, file)),
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}

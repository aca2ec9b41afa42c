import { builtinModules } from 'node:module';
import react from '@vitejs/plugin-react';
import { inProject, projectRoot } from '../setup/project.mjs';
import { pagePolicy } from './page-policy.mjs';

/**
 * The Vite configuration of each part of dist/. The caller gives `outDir`: a build writes to a scratch folder first,
 * `npm run dev` directly to dist/.
 */

/** Not bundled: native code, and Electron itself. */
const EXTERNAL = ['better-sqlite3', 'electron'];

const TRAY = inProject('build/icons/app');

/** @typedef {import('vite').InlineConfig} Config */

/** The settings of all targets. @returns {Config} */
const base = (/** @type {string} */ outDir) => ({
  configFile: false,
  envDir: false,
  logLevel: 'warn',
  root: projectRoot,
  publicDir: false,
  build: { outDir, emptyOutDir: true, sourcemap: true, reportCompressedSize: false, chunkSizeWarningLimit: 2000 },
});

/**
 * A bundle for Node of one entry and all that it imports, except `EXTERNAL`. What is imported on demand is a file of its own.
 * @param {string} entry
 * @param {string} outDir
 * @param {{ format: 'es' | 'cjs', file: string }} output
 * @returns {Config}
 */
function forNode(entry, outDir, { format, file }) {
  const common = base(outDir);
  return {
    ...common,
    ssr: { noExternal: true, external: [...EXTERNAL, ...builtinModules], target: 'node' },
    build: {
      ...common.build,
      ssr: inProject(entry),
      target: 'node22',
      minify: false,
      rolldownOptions: {
        // Chunks lie beside the entry and carry its name: two entries share a folder.
        output: {
          format,
          entryFileNames: file,
          chunkFileNames: `${file.split('.')[0]}-[name].js`,
          codeSplitting: format === 'es',
        },
      },
    },
  };
}

/**
 * A program for Node: its entry, and the code of the thread that parses untrusted text
 * (electron/core/untrusted/in-thread.ts).
 * @param {string} entry
 * @param {string} outDir
 * @returns {readonly Config[]}
 */
function program(entry, outDir) {
  const thread = forNode('electron/core/untrusted/thread.ts', outDir, { format: 'es', file: 'untrusted.js' });
  return [
    forNode(entry, outDir, { format: 'es', file: 'main.js' }),
    { ...thread, build: { ...thread.build, emptyOutDir: false } },
  ];
}

/**
 * The page: no inline scripts, no data: URLs, nothing that needs `eval`. Its paths are relative, because each host serves
 * it from a different place.
 * @returns {Config}
 */
function window(/** @type {string} */ outDir) {
  const common = base(outDir);
  return {
    ...common,
    root: inProject('renderer'),
    base: './',
    plugins: [react(), pagePolicy()],
    build: { ...common.build, target: 'chrome130', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  };
}

/**
 * The Vite configurations of a target, to be built one after the other. The first empties the folder.
 * @param {import('../setup/bundle-fresh.mjs').Target} target
 * @param {string} outDir
 * @returns {readonly Config[]}
 */
export function configsOf(target, outDir) {
  switch (target) {
    case 'window':
      return [window(outDir)];
    case 'cli':
      return program('electron/cli/main.ts', outDir);
    case 'stories': {
      const dying = forNode('test/faults/dying/dying-process.ts', outDir, { format: 'es', file: 'dying-process.js' });
      return [
        ...program('test/e2e/hosts/accelerated-rollbook.ts', outDir),
        { ...dying, build: { ...dying.build, emptyOutDir: false } },
      ];
    }
    case 'desktop': {
      const preload = forNode('electron/desktop/preload.ts', outDir, { format: 'cjs', file: 'preload.cjs' });
      const [main, ...beside] = program('electron/desktop/main.ts', outDir);
      // For `--cli`; it shares the thread and the parsed runbook of the app.
      const command = forNode('electron/cli/main.ts', outDir, { format: 'es', file: 'cli.js' });
      return [
        // The tray icons are copied next to the code that shows them.
        { ...main, publicDir: TRAY },
        ...beside,
        { ...preload, build: { ...preload.build, emptyOutDir: false } },
        { ...command, build: { ...command.build, emptyOutDir: false } },
      ];
    }
    default:
      throw new Error(`There is no target "${String(target)}".`);
  }
}

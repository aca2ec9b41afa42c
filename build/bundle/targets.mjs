import { builtinModules } from 'node:module';
import react from '@vitejs/plugin-react';
import { inProject, projectRoot } from '../setup/project.mjs';
import { pagePolicy } from './page-policy.mjs';

/**
 * How each part of dist/ is made. `outDir` is given by the caller: a build goes to a scratch folder first, a watch
 * writes in place.
 */

/** Stay outside of the bundles: native code, and the runtime that hosts us. */
const OUTSIDE = ['better-sqlite3', 'electron'];

const TRAY = inProject('build/icons/app');

/** @typedef {import('vite').InlineConfig} Config */

/** @returns {Config} what all targets share */
const base = (/** @type {string} */ outDir) => ({
  configFile: false,
  envDir: false,
  logLevel: 'warn',
  root: projectRoot,
  publicDir: false,
  build: { outDir, emptyOutDir: true, sourcemap: true, reportCompressedSize: false, chunkSizeWarningLimit: 2000 },
});

/**
 * One entry for Node, with everything in it but `OUTSIDE`.
 * @param {string} entry
 * @param {string} outDir
 * @param {{ format: 'es' | 'cjs', file: string }} output
 * @returns {Config}
 */
function forNode(entry, outDir, { format, file }) {
  const common = base(outDir);
  return {
    ...common,
    ssr: { noExternal: true, external: [...OUTSIDE, ...builtinModules], target: 'node' },
    build: {
      ...common.build,
      ssr: inProject(entry),
      target: 'node22',
      minify: false,
      rolldownOptions: { output: { format, entryFileNames: file, codeSplitting: false } },
    },
  };
}

/**
 * A program that runs on Node: its entry, and beside it the code of the thread that reads what others wrote
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
 * The page: no inline script, no data: addresses, nothing that needs `eval`. Paths are relative, because a host may
 * serve it from any place.
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
 * The vite configurations of a target, run one after the other; the first empties the folder.
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
      return [
        // The tray's pictures lie beside the code that shows them.
        { ...main, publicDir: TRAY },
        ...beside,
        { ...preload, build: { ...preload.build, emptyOutDir: false } },
      ];
    }
    default:
      throw new Error(`There is no target "${String(target)}".`);
  }
}

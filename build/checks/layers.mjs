import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path/posix';
import { listSources } from '../setup/source-stamp.mjs';
import { importCycles } from './cycles.mjs';
import { importsOf } from './imports.mjs';
import { LAYERS, NOT_IN_PAGE, SIMULATORS, STARTS_PROCESSES, THROUGH_REGISTRIES } from './layer-table.mjs';

/**
 * @typedef {import('./layer-table.mjs').Layer} Layer
 * @typedef {import('./imports.mjs').Import} Import
 * @typedef {{ readonly file: string, readonly imports: readonly Import[] }} Source `file` is relative to the root
 */

/** The aliases in package.json's `imports`. */
const ALIASES = [
  ['#shared/', 'shared/'],
  ['#core/', 'electron/core/'],
];

/**
 * Checks the sources under `root` against the layer table. Each breach is one line: file, line, what is wrong and why.
 * @param {string} root
 * @returns {{ breaches: string[], files: number }}
 */
export function checkLayers(root) {
  const files = listSources(root, ['shared', 'renderer', 'electron']).filter((file) => /\.[cm]?tsx?$/.test(file));
  const texts = files.map((file) => ({ file, code: readFileSync(join(root, file), 'utf8') }));
  const sources = texts.map(({ file, code }) => ({ file, imports: importsOf(file, code) }));
  const breaches = [
    ...texts.flatMap(({ file, code }) => [...referenceBreaches(file, code), ...classBreaches(file, code)]),
    ...sources.flatMap((source) => [...breachesOf(source)]),
    ...pageBreaches(sources),
    ...cycleBreaches(sources),
  ];
  return { breaches, files: files.length };
}

/** A triple-slash reference adds types of an environment that the tsconfig left out. */
function referenceBreaches(/** @type {string} */ file, /** @type {string} */ code) {
  const found = /^\/\/\/\s*<reference\s+(types|lib|path)=.*$/m.exec(code);
  return found === null ? [] : [`${file}: '${found[0]}': the tsconfig of the folder names its environment.`];
}

/** Classes have no variants: what has several, or is replaced in tests, is an interface and functions that return it. */
function classBreaches(/** @type {string} */ file, /** @type {string} */ code) {
  const heads = code.matchAll(/^\s*(?:export )?(?:default )?(?:(abstract) )?class \w+(?:<[^{]*?>)?([^{]*)\{/gm);
  return [...heads].flatMap(([head, abstract, base = '']) =>
    abstract !== undefined || !/^\s*(?:extends \w*Error\s*)?$/.test(base)
      ? [`${file}: '${head.trim()}': write a function that returns the interface; a class extends only errors.`]
      : [],
  );
}

function cycleBreaches(/** @type {readonly Source[]} */ sources) {
  const targets = sources.map(({ file, imports }) => {
    const files = imports.flatMap(({ specifier }) => targetOf(file, specifier) ?? []);
    return /** @type {const} */ ([file, files]);
  });
  return importCycles(new Map(targets)).map((cycle) => `${cycle[0]}: import cycle: ${cycle.join(' -> ')}.`);
}

/** @returns {Generator<string>} */
function* breachesOf(/** @type {Source} */ { file, imports }) {
  const layer = LAYERS.find(({ folder }) => file.startsWith(`${folder}/`));
  if (layer === undefined) {
    yield `${file}: is in no layer (${LAYERS.map(({ folder }) => folder).join(', ')}).`;
    return;
  }
  for (const { specifier, typeOnly, line } of imports) {
    const why = refusal(layer, file, specifier, typeOnly);
    if (why !== undefined) yield `${file}:${line}: imports '${specifier}': ${why}`;
  }
}

/**
 * @param {Layer} layer
 * @param {string} file
 * @param {string} specifier
 * @param {boolean} typeOnly
 * @returns {string | undefined} why this import is not allowed
 */
function refusal(layer, file, specifier, typeOnly) {
  const target = targetOf(file, specifier);
  if (target !== undefined) {
    const { folder: engine, not } = THROUGH_REGISTRIES;
    if (!typeOnly && file.startsWith(`${engine}/`) && not.test(target))
      return `${engine} knows kinds of steps and platforms only by their registries.`;
    const { folders: simulators, joinedIn } = SIMULATORS;
    if (simulators.test(target) && !simulators.test(file) && !file.startsWith(joinedIn))
      return `only ${joinedIn} joins simulators to the core.`;
    const allowed = layer.layers.some((folder) => target.startsWith(`${folder}/`));
    return allowed ? undefined : `${layer.folder} may import only ${layer.layers.join(', ')}.`;
  }
  if (isBuiltin(specifier) && !layer.node) return `${layer.folder} does not run on Node.`;
  const { folder, modules } = STARTS_PROCESSES;
  if (layer.node && modules.test(specifier) && !file.startsWith(`${folder}/`))
    return `only ${folder} starts processes.`;
  if (isBuiltin(specifier)) return undefined;
  const name = packageOf(specifier);
  const allowed = [...layer.packages, ...(typeOnly ? (layer.typesOnly ?? []) : [])];
  if (allowed.some((pattern) => pattern.test(name))) return undefined;
  if (name === 'electron') return 'only electron/desktop knows Electron.';
  return `the package is not in the list of ${layer.folder} (build/checks/layer-table.mjs).`;
}

/** The project's file that a specifier means, relative to the root; undefined for a package. */
function targetOf(/** @type {string} */ file, /** @type {string} */ specifier) {
  const path = specifier.replace(/\?.*$/, '');
  if (path.startsWith('.')) return normalize(join(dirname(file), path));
  const alias = ALIASES.find(([name]) => path.startsWith(String(name)));
  return alias === undefined ? undefined : normalize(`${alias[1]}${path.slice(String(alias[0]).length)}`);
}

const isBuiltin = (/** @type {string} */ specifier) =>
  specifier.startsWith('node:') || builtinModules.includes(specifier);

/** '@scope/name' or 'name', without what follows. */
const packageOf = (/** @type {string} */ specifier) =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/**
 * Finds packages that the page would load and must not, with the chain of imports that leads to each.
 * @returns {Generator<string>}
 */
function* pageBreaches(/** @type {readonly Source[]} */ sources) {
  const byFile = new Map(sources.map((source) => [source.file, source]));
  const seen = new Set();
  const queue = sources.filter(({ file }) => file.startsWith('renderer/')).map(({ file }) => [file]);
  for (let chain = queue.shift(); chain !== undefined; chain = queue.shift()) {
    const file = chain[chain.length - 1] ?? '';
    if (seen.has(file)) continue;
    seen.add(file);
    for (const { specifier, typeOnly } of byFile.get(file)?.imports ?? []) {
      if (typeOnly) continue;
      const target = targetOf(file, specifier);
      if (target !== undefined) queue.push([...chain, target]);
      else if (NOT_IN_PAGE.some((pattern) => pattern.test(packageOf(specifier)))) {
        yield `${chain[0]}: brings '${specifier}' into the page: ${[...chain, specifier].join(' -> ')}. Use \`import type\`.`;
      }
    }
  }
}

/**
 * The layers of Rollbook and what each may import. Each layer is a folder for one environment. The compiler keeps Node and
 * the DOM out of `shared` and separates the projects (tsconfig references); this table has the rules that it cannot check.
 *
 * @typedef {object} Layer
 * @property {string} folder
 * @property {readonly string[]} layers folders of the project that it may import
 * @property {readonly RegExp[]} packages packages it may import
 * @property {boolean} node whether it may import Node's built-in modules
 * @property {readonly RegExp[]} [typesOnly] packages of which it may import only types
 */

/** The unified packages, which parse and write Markdown and HTML. */
const MARKDOWN =
  /^(unified|vfile|mdast|hast|unist|micromark|(remark|mdast-util|hast-util|unist-util|micromark)-[\w-]+)$/;
const PURE = [/^diff$/, /^immutable$/, /^zod$/, /^yaml$/, /^unbash$/, /^re2js$/, MARKDOWN];
const PAGE = [/^immutable$/, /^react$/, /^react-dom$/, /^zustand$/];

/** The layer of a file is the first row whose folder contains it. @type {readonly Layer[]} */
export const LAYERS = [
  { folder: 'shared', layers: ['shared'], packages: PURE, node: false },
  {
    folder: 'renderer',
    layers: ['renderer', 'shared'],
    packages: [...PAGE, /^@tanstack\/react-virtual$/, /^@fontsource-variable\//, /^anser$/, /^ulid$/, MARKDOWN],
    node: false,
    // For vite/client, the types of asset imports.
    typesOnly: [/^vite$/],
  },
  {
    folder: 'electron/core',
    layers: ['electron/core', 'shared'],
    packages: [...PURE, /^better-sqlite3$/, /^execa$/, /^ulid$/, /^env-paths$/],
    node: true,
  },
  {
    folder: 'electron/loopback',
    layers: ['electron/loopback', 'electron/core', 'shared'],
    packages: [/^ws$/, /^zod$/, /^ulid$/],
    node: true,
  },
  {
    folder: 'electron/desktop',
    layers: ['electron/desktop', 'electron/core', 'shared'],
    packages: [/^electron$/, /^zod$/, /^ulid$/],
    node: true,
  },
  {
    folder: 'electron/cli',
    // `rollbook serve` starts the loopback host.
    layers: ['electron/cli', 'electron/loopback', 'electron/core', 'shared'],
    packages: [/^commander$/, /^zod$/, /^ulid$/],
    node: true,
  },
];

/** The only folder that may start processes, so that all of them get the same limits, environment and redaction. */
export const STARTS_PROCESSES = {
  folder: 'electron/core/runner',
  modules: /^(node:)?(child_process|cluster)$|^execa$/,
};

/** The engine runs every kind of step with every tool: it asks the registries, and imports no kind and no platform. */
export const THROUGH_REGISTRIES = {
  folder: 'electron/core/engine',
  not: /^(shared|electron\/core)\/(steps\/(?!(?:registry|proofs)\.ts$)|platforms\/[^/]+\/)/,
};

/**
 * What a drill plays in place of the real tools. Live code must not reach it: drills alone join it to the core, by the adapter
 * that an incident runs on.
 */
export const SIMULATORS = {
  folders: /^electron\/core\/(simulator|platforms\/[^/]+\/simulator)\//,
  joinedIn: 'electron/core/drills/',
};

/** Packages that must not reach the page, directly or not: they use `eval`, which its content security policy forbids. */
export const NOT_IN_PAGE = [/^zod$/, /^re2js$/];

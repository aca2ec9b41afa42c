/**
 * The layers of Rollbook and what each may import. A folder is an environment: the compiler holds `shared` free of
 * Node and the DOM and keeps the projects apart (tsconfig references); this table holds what it cannot see.
 *
 * @typedef {object} Layer
 * @property {string} folder
 * @property {readonly string[]} layers folders of ours it may import
 * @property {readonly RegExp[]} packages packages it may import
 * @property {boolean} node whether it may import Node's own modules
 * @property {readonly RegExp[]} [typesOnly] packages of which it may import types alone
 */

/** Markdown in and out: the unified family. */
const MARKDOWN = /^(unified|vfile|mdast|unist|micromark|(remark|mdast-util|unist-util|micromark)-[\w-]+)$/;
const PURE = [/^diff$/, /^immutable$/, /^zod$/, /^yaml$/, /^unbash$/, /^re2js$/, MARKDOWN];
const PAGE = [/^immutable$/, /^react$/, /^react-dom$/, /^zustand$/];

/** @type {readonly Layer[]} The first folder that holds a file is its layer. */
export const LAYERS = [
  { folder: 'shared', layers: ['shared'], packages: PURE, node: false },
  {
    folder: 'renderer',
    layers: ['renderer', 'shared'],
    packages: [...PAGE, /^@tanstack\/react-virtual$/, /^anser$/, /^ulid$/, MARKDOWN],
    node: false,
    // vite/client: the types of asset imports.
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

/** What starts processes, and the one folder that may: what a child is held to is the same for all of them. */
export const STARTS_PROCESSES = {
  folder: 'electron/core/runner',
  modules: /^(node:)?(child_process|cluster)$|^execa$/,
};

/** The engine runs every kind of step with every tool: it asks the registries, and imports no kind and no platform. */
export const THROUGH_REGISTRIES = {
  folder: 'electron/core/engine',
  not: /^(shared|electron\/core)\/(steps\/(?!registry\.ts$)|platforms\/[^/]+\/)/,
};

/** Never in the page at run time, by whatever path: they use `eval`, which the page's policy forbids. */
export const NOT_IN_PAGE = [/^zod$/, /^re2js$/];

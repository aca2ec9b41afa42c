import { parseSync } from 'vite';

/**
 * One import of a module, as written.
 * @typedef {object} Import
 * @property {string} specifier
 * @property {boolean} typeOnly the compiler removes it
 * @property {number} line counted from 1
 */

/**
 * All imports of a source: static, re-exports, `import()`, `import('x').Type` and `require()`.
 * @param {string} name file name; its extension tells the language
 * @param {string} code
 * @returns {Import[]}
 */
export function importsOf(name, code) {
  const { program, module, errors } = parseSync(name, code);
  if (errors.length > 0) throw new Error(`${name}: ${errors[0]?.message}`);
  const lineAt = (/** @type {number} */ offset) => code.slice(0, offset).split('\n').length;
  /** @type {Import[]} */
  const found = [];
  for (const { start, moduleRequest, entries } of module.staticImports) {
    // `import {} from` and `import 'x'` have no entries, and are not removed.
    const typeOnly = entries.length > 0 && entries.every(({ isType }) => isType);
    found.push({ specifier: moduleRequest.value, typeOnly, line: lineAt(start) });
  }
  for (const { start, entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest) found.push({ specifier: moduleRequest.value, typeOnly: isType, line: lineAt(start) });
    }
  }
  visit(program, (node) => {
    const written = specifierIn(node);
    if (written !== undefined) found.push({ ...written, line: lineAt(node.start) });
  });
  return found;
}

/** @typedef {{ readonly type: string, readonly start: number, readonly [key: string]: unknown }} Node */

/** @returns {{ specifier: string, typeOnly: boolean } | undefined} */
function specifierIn(/** @type {Node} */ node) {
  if (node.type === 'ImportExpression') return literal(node.source, false);
  if (node.type === 'TSImportType') return literal(node.source ?? node.argument, true);
  if (node.type === 'TSExternalModuleReference') return literal(node.expression, false);
  if (node.type !== 'CallExpression') return undefined;
  const { callee, arguments: args } = /** @type {{ callee: { name?: string }, arguments: unknown[] }} */ (
    /** @type {unknown} */ (node)
  );
  return callee.name === 'require' ? literal(args[0], false) : undefined;
}

/** @returns {{ specifier: string, typeOnly: boolean } | undefined} */
function literal(/** @type {unknown} */ node, /** @type {boolean} */ typeOnly) {
  const inner = /** @type {{ value?: unknown, literal?: { value?: unknown } } | undefined} */ (node);
  const value = inner?.value ?? inner?.literal?.value;
  return typeof value === 'string' ? { specifier: value, typeOnly } : undefined;
}

/** Calls `see` for each node of a syntax tree. */
function visit(/** @type {unknown} */ node, /** @type {(node: Node) => void} */ see) {
  if (Array.isArray(node)) {
    for (const child of node) visit(child, see);
  } else if (typeof node === 'object' && node !== null) {
    if ('type' in node && typeof node.type === 'string') see(/** @type {Node} */ (node));
    for (const child of Object.values(node)) visit(child, see);
  }
}

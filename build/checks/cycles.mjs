/**
 * Finds import cycles. Files in a cycle can only be understood, tested or moved together. Type imports count too.
 * @param {ReadonlyMap<string, readonly string[]>} imports for each file, the project's files that it imports
 * @returns {string[][]} the shortest cycle of each group of files in cycles, with the first file repeated at the end
 */
export function importCycles(imports) {
  return stronglyConnected(imports).map((group) => shortestCycle(imports, new Set(group)));
}

/** Tarjan's algorithm: the strongly connected components of more than one file, and files that import themselves. */
function stronglyConnected(/** @type {ReadonlyMap<string, readonly string[]>} */ imports) {
  /** @type {Map<string, number>} */
  const order = new Map();
  /** @type {Map<string, number>} */
  const lowest = new Map();
  /** @type {string[]} */
  const stack = [];
  /** @type {string[][]} */
  const found = [];
  const enter = (/** @type {string} */ file) => {
    order.set(file, order.size);
    lowest.set(file, order.get(file) ?? 0);
    stack.push(file);
    for (const next of imports.get(file) ?? []) {
      if (!order.has(next)) enter(next);
      if (stack.includes(next)) lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(next) ?? 0));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1 || imports.get(file)?.includes(file)) found.push(group);
  };
  for (const file of imports.keys()) if (!order.has(file)) enter(file);
  return found;
}

/** The shortest path from a file of the group back to itself. */
function shortestCycle(
  /** @type {ReadonlyMap<string, readonly string[]>} */ imports,
  /** @type {Set<string>} */ group,
) {
  const cycles = [...group].flatMap((first) => {
    const queue = [[first]];
    const seen = new Set();
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      for (const next of imports.get(path[path.length - 1] ?? '') ?? []) {
        if (next === first) return [[...path, first]];
        if (!group.has(next) || seen.has(next)) continue;
        seen.add(next);
        queue.push([...path, next]);
      }
    }
    return [];
  });
  return cycles.sort((a, b) => a.length - b.length)[0] ?? [];
}

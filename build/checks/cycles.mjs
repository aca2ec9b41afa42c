/**
 * Import cycles: files that cannot be understood, tested or moved one without the other. Types count as well.
 * @param {ReadonlyMap<string, readonly string[]>} imports of each file, those of ours that it imports
 * @returns {string[][]} for each group of files that import each other in a circle, one shortest circle, first file last again
 */
export function importCycles(imports) {
  return groups(imports).map((group) => circle(imports, new Set(group)));
}

/** Tarjan: the strongly connected parts of more than one file, or of one that imports itself. */
function groups(/** @type {ReadonlyMap<string, readonly string[]>} */ imports) {
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

/** The shortest way from a file of the group back to itself. */
function circle(/** @type {ReadonlyMap<string, readonly string[]>} */ imports, /** @type {Set<string>} */ group) {
  const circles = [...group].flatMap((first) => {
    const queue = [[first]];
    const seen = new Set();
    for (let way = queue.shift(); way !== undefined; way = queue.shift()) {
      for (const next of imports.get(way[way.length - 1] ?? '') ?? []) {
        if (next === first) return [[...way, first]];
        if (!group.has(next) || seen.has(next)) continue;
        seen.add(next);
        queue.push([...way, next]);
      }
    }
    return [];
  });
  return circles.sort((a, b) => a.length - b.length)[0] ?? [];
}

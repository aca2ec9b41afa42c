import { type Document, isScalar, visit } from 'yaml';

/**
 * The offset of the first key that stands in its map already, or null. The library's own check compares each key with
 * each, which takes seconds for a long map.
 */
export function firstDoubleKey(document: Document.Parsed): number | null {
  let found: number | null = null;
  visit(document, {
    Map(_key, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const at = key.range?.[0] ?? 0;
        if (seen.has(key.value)) found = Math.min(found ?? at, at);
        seen.add(key.value);
      }
    },
  });
  return found;
}

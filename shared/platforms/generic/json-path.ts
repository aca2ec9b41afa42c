/** A path into a JSON value: `metadata.name`, `items[0].id`, `metadata.labels["app.kubernetes.io/name"]`. */
const PART = /^(?:\.?([^.[\]]+)|\[(\d+)\]|\["([^"]*)"\])/;

/** The keys of a path; null: it is not one. */
export function partsOf(path: string): readonly string[] | null {
  const parts: string[] = [];
  for (let rest = path; rest !== ''; ) {
    const [whole, name, index, quoted] = PART.exec(rest) ?? [];
    if (whole === undefined) return null;
    parts.push(name ?? index ?? quoted ?? '');
    rest = rest.slice(whole.length);
  }
  return parts;
}

/** The value at the path; null where there is none. */
export function readPath(value: unknown, path: string): unknown {
  let found: unknown = value;
  for (const part of partsOf(path) ?? []) {
    if (found === null || typeof found !== 'object' || !Object.hasOwn(found, part)) return null;
    found = (found as Readonly<Record<string, unknown>>)[part];
  }
  return found ?? null;
}

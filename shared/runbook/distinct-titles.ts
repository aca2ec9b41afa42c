interface Titled {
  /** SHA-256 of its content, hex. */
  readonly hash: string;
  /** Path of its file; `bundled` for the one that comes with Rollbook. */
  readonly name: string;
  readonly title: string;
}

/**
 * The title of each runbook by its hash. Those of different files with the same title also name the file, with as
 * much of its path as is needed.
 */
export function distinctTitles(runbooks: readonly Titled[]): ReadonlyMap<string, string> {
  return new Map(
    runbooks.map((runbook) => {
      const others = runbooks.filter(({ name, title }) => title === runbook.title && name !== runbook.name);
      return [runbook.hash, others.length === 0 ? runbook.title : `${runbook.title} (${fileOf(runbook, others)})`];
    }),
  );
}

function fileOf({ name }: Titled, others: readonly Titled[]): string {
  const parts = name.split(/[/\\]/).length;
  for (let length = 1; length < parts; length += 1) {
    const short = lastParts(name, length);
    if (others.every((other) => lastParts(other.name, length) !== short)) return short;
  }
  return name;
}

const lastParts = (path: string, length: number): string => path.split(/[/\\]/).slice(-length).join('/');

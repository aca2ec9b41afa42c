/** Which incidents belong to a runbook: those of its file in any version, and those of the same bytes under another name. */
import type { Store } from '#core/store/store.ts';

interface Named {
  /** SHA-256 of the raw bytes, hex. */
  readonly hash: string;
  /** `bundled`, or the absolute path of the file. */
  readonly name: string;
}

/** Two runbooks may have procedures with the same id: proof of one says nothing about the other. */
export function ofRunbook(
  { runbooks }: { readonly runbooks: Pick<Store['runbooks'], 'list'> },
  { hash, name }: Named,
): (incident: { readonly runbookHash: string }) => boolean {
  const stored = runbooks.list();
  // The same bytes may be stored under another name, such as the bundled one.
  const names = new Set([name, ...stored.filter((each) => each.hash === hash).map((each) => each.name)]);
  const hashes = new Set([hash, ...stored.filter((each) => names.has(each.name)).map((each) => each.hash)]);
  return ({ runbookHash }) => hashes.has(runbookHash);
}

/** Container images as Fly names them: a reference with a tag, a digest, or both. */

export interface FlyImage {
  /** `registry/repository:tag`, without a digest; empty when only the digest is known. */
  readonly ref: string;
  /** `sha256:...`, or null when it is unknown. */
  readonly digest: string | null;
}

/** Splits `registry/repo:tag@sha256:...` into name and digest; surrounding space is dropped. */
export function parseImage(text: string): FlyImage {
  const trimmed = text.trim();
  const at = trimmed.indexOf('@');
  if (at < 0) return { ref: trimmed, digest: null };
  const name = trimmed.slice(0, at);
  // `registry/repo@sha256:...` has no tag, so its name does not identify an image.
  return { ref: hasTag(name) ? name : '', digest: trimmed.slice(at + 1) };
}

const hasTag = (name: string): boolean => name.lastIndexOf(':') > name.lastIndexOf('/');

/** True when both could be the same image: one equal name or digest is enough. */
export function mayBeSameImage(a: FlyImage, b: FlyImage): boolean {
  return (a.ref !== '' && a.ref === b.ref) || (a.digest !== null && a.digest === b.digest);
}

/** True when it is certainly that image: by digest if both are known, or else by name. */
export function isSurelyImage(seen: FlyImage, wanted: FlyImage): boolean {
  if (seen.digest !== null && wanted.digest !== null) return seen.digest === wanted.digest;
  return wanted.ref !== '' && seen.ref === wanted.ref;
}

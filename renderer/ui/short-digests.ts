/** Hexadecimal digests and ULIDs in an image reference, of 20 characters and more. */
const DIGEST = /((?:sha256:|deployment-))([0-9a-f]{20,}|[0-9A-Z]{20,})/g;

/** `registry/app@sha256:0123ab…cdef`: the first 6 and the last 4 characters of each digest. */
export const shortDigests = (text: string): string =>
  text.replace(
    DIGEST,
    (_whole, prefix: string, digest: string) => `${prefix}${digest.slice(0, 6)}…${digest.slice(-4)}`,
  );

/** Hands chunks to listeners; what arrives before the first one listens is kept, so the process never waits. */

import type { Stream } from '../ports.ts';

/** Bytes kept before the first listener; beyond this only the newest. */
const EARLY_MAX = 8 * 1024 * 1024;

type Listener = (stream: Stream, bytes: Uint8Array) => void;

export interface ChunkRelay {
  readonly push: Listener;
  readonly onChunk: (listener: Listener) => void;
}

export function chunkRelay(): ChunkRelay {
  const listeners: Listener[] = [];
  let early: { readonly stream: Stream; readonly bytes: Uint8Array }[] = [];
  let earlyBytes = 0;
  return {
    push(stream, bytes) {
      for (const listener of listeners) listener(stream, bytes);
      if (listeners.length > 0) return;
      early.push({ stream, bytes });
      earlyBytes += bytes.length;
      while (earlyBytes > EARLY_MAX) earlyBytes -= early.shift()?.bytes.length ?? 0;
    },
    onChunk(listener) {
      listeners.push(listener);
      const kept = early;
      early = [];
      earlyBytes = 0;
      for (const { stream, bytes } of kept) listener(stream, bytes);
    },
  };
}

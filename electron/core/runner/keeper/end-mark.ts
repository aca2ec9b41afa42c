/**
 * The mark that the runner prints after its command has ended (keeper.ts). Output passes through the keeper's `tee`, which
 * a busy machine may let wait for seconds after the exit; all that the command printed has arrived when the mark has.
 */
import type { Stream } from '../../ports.ts';

/** `name`: that of the runner (keeper.ts). */
export const endMark = (name: string): Buffer => Buffer.from(`\0${name}\0`);

type Push = (stream: Stream, bytes: Uint8Array) => void;

export interface MarkedOutput {
  /** Passes on what was printed, without the mark. */
  readonly push: Push;
  /** Passes on what may have been the beginning of a mark; nothing comes after it. */
  readonly end: () => void;
  /** Resolves when the mark of both streams has arrived. */
  readonly marked: Promise<void>;
}

export function withoutMarks(mark: Buffer, push: Push): MarkedOutput {
  const { promise, resolve } = Promise.withResolvers<void>();
  const waited = new Set<Stream>(['stdout', 'stderr']);
  const kept: Record<Stream, Buffer> = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
  const pass = (stream: Stream, bytes: Buffer): void => {
    if (bytes.length > 0) push(stream, bytes);
  };
  return {
    push(stream, bytes) {
      const all = kept[stream].length === 0 ? Buffer.from(bytes) : Buffer.concat([kept[stream], bytes]);
      const at = waited.has(stream) ? all.indexOf(mark) : -1;
      if (at >= 0) {
        kept[stream] = Buffer.alloc(0);
        waited.delete(stream);
        pass(stream, Buffer.concat([all.subarray(0, at), all.subarray(at + mark.length)]));
        if (waited.size === 0) resolve();
        return;
      }
      const held = waited.has(stream) ? beginningAtEnd(all, mark) : 0;
      kept[stream] = all.subarray(all.length - held);
      pass(stream, all.subarray(0, all.length - held));
    },
    end() {
      for (const stream of ['stdout', 'stderr'] as const) {
        pass(stream, kept[stream]);
        kept[stream] = Buffer.alloc(0);
      }
    },
    marked: promise,
  };
}

/** Without its mark; output of an earlier version has none. */
export function unmarked(output: Buffer, mark: Buffer): Buffer {
  const at = output.lastIndexOf(mark);
  return at < 0 ? output : Buffer.concat([output.subarray(0, at), output.subarray(at + mark.length)]);
}

/** How many of the last bytes may be the beginning of the mark. */
function beginningAtEnd(bytes: Buffer, mark: Buffer): number {
  for (let length = Math.min(bytes.length, mark.length - 1); length > 0; length -= 1)
    if (bytes.subarray(bytes.length - length).equals(mark.subarray(0, length))) return length;
  return 0;
}

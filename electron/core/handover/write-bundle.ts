/** Writes a bundle line by line into a private file that gets its name when it is whole. */
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateFolder } from '#core/files/make-folder.ts';
import { RollbookError } from '#shared/api/result.ts';
import { type BundleHeader, type BundleLine, PIECE_BYTES } from './bundle.ts';

export class BundleWriter {
  readonly path: string;
  #half: string;
  #fd: number;
  #hash = createHash('sha256');
  #lines = 0;

  /** Codes: `not-allowed` (the file is there already), `store-unwritable`, `disk-full`. */
  constructor(path: string) {
    this.path = path;
    this.#half = `${path}.${process.pid}.part`;
    if (existsSync(path)) {
      throw new RollbookError(
        'not-allowed',
        `${path} is there already.`,
        'Name another file: a bundle is never written over.',
      );
    }
    this.#fd = this.#guarded(() => {
      makePrivateFolder(dirname(path));
      return openSync(this.#half, 'w', 0o600);
    });
  }

  write(line: BundleHeader | BundleLine): void {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    this.#guarded(() => {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#fd, bytes, done);
    });
    this.#hash.update(bytes);
    this.#lines += 1;
  }

  async file(from: string, path: string): Promise<void> {
    const digest = createHash('sha256');
    let bytes = 0;
    for await (const piece of createReadStream(from) as AsyncIterable<Buffer>) {
      digest.update(piece);
      bytes += piece.length;
    }
    this.write({ file: { path, bytes, sha256: digest.digest('hex') } });
    for await (const piece of createReadStream(from, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>)
      this.write({ bytes: piece.toString('base64') });
  }

  /** The last line, to the disk, and the file has its name. Answers the SHA-256 of the whole file. */
  finish(): string {
    this.write({ end: { lines: this.#lines, sha256: this.#hash.copy().digest('hex') } });
    this.#guarded(() => {
      fsyncSync(this.#fd);
      closeSync(this.#fd);
      renameSync(this.#half, this.path);
    });
    return this.#hash.digest('hex');
  }

  discard(): void {
    try {
      closeSync(this.#fd);
    } catch {
      // It was closed already.
    }
    rmSync(this.#half, { force: true });
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (thrown) {
      const full = (thrown as NodeJS.ErrnoException).code === 'ENOSPC';
      throw new RollbookError(
        full ? 'disk-full' : 'store-unwritable',
        `The bundle could not be written to ${this.path}: ${(thrown as Error).message}`,
        full ? 'Free some disk space and try again.' : 'Choose another place.',
      );
    }
  }
}

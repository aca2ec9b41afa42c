/** Reads a bundle and believes nothing in it before its end was seen: its files wait in a folder of their own. */
import { count } from '#shared/words/count.ts';
import { createHash, type Hash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makePrivateFolder } from '#core/files/make-folder.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { ChainRow } from '#shared/incident/chain.ts';
import {
  BUNDLE_VERSION,
  type BundleHeader,
  type BundleLine,
  type BundleRunbook,
  headerSchema,
  lineSchema,
  MAX_BUNDLE_BYTES,
} from './bundle.ts';

export interface Bundle {
  readonly header: BundleHeader;
  readonly runbook: BundleRunbook;
  readonly world: unknown;
  /** By their place in the data folder: where they wait, and their hash. */
  readonly files: ReadonlyMap<string, { readonly staged: string; readonly sha256: string }>;
  readonly rows: readonly ChainRow[];
}

const START = '{"rollbook":"handover",';

/** `staging`: an empty folder for its files. Code: `unreadable-file`, with what is wrong. */
export async function readBundle(path: string, staging: string): Promise<Bundle> {
  mustBeBundle(path);
  const reading = new Reading(path, staging);
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const line of lines) reading.take(line);
    return reading.whole();
  } finally {
    lines.close();
    reading.close();
  }
}

/** Cheap looks before a line of it is kept in memory. */
function mustBeBundle(path: string): void {
  let fd: number;
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw refused(path, 'it is no regular file');
    const { size } = stats;
    if (size > MAX_BUNDLE_BYTES) throw refused(path, `it has ${size} bytes, more than any bundle`);
    fd = openSync(path, 'r');
  } catch (thrown) {
    if (thrown instanceof RollbookError) throw thrown;
    const why =
      (thrown as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (thrown as Error).message;
    throw new RollbookError('unreadable-file', `${path} cannot be read: ${why}.`, 'Check the path.');
  }
  const head = Buffer.alloc(START.length);
  try {
    readSync(fd, head);
  } catch (thrown) {
    throw new RollbookError(
      'unreadable-file',
      `${path} cannot be read: ${(thrown as Error).message}.`,
      'Check the path.',
    );
  } finally {
    closeSync(fd);
  }
  if (head.toString('latin1') !== START) throw refused(path, 'it is no handover bundle of Rollbook');
}

class Reading {
  #path: string;
  #staging: string;
  #hash = createHash('sha256');
  #lines = 0;
  #ended = false;
  #header: BundleHeader | null = null;
  #runbook: BundleRunbook | null = null;
  #world: unknown = null;
  #rows: ChainRow[] = [];
  #files = new Map<string, { staged: string; sha256: string }>();
  #file: {
    readonly path: string;
    readonly sha256: string;
    left: number;
    readonly fd: number;
    readonly hash: Hash;
  } | null = null;

  constructor(path: string, staging: string) {
    this.#path = path;
    this.#staging = staging;
  }

  take(text: string): void {
    if (this.#ended) throw this.#refused('something stands behind its end');
    const value = this.#parse(text);
    if (this.#header === null) this.#header = this.#readHeader(value);
    else this.#readLine(value);
    this.#hash.update(`${text}\n`);
    this.#lines += 1;
  }

  whole(): Bundle {
    if (this.#header === null || !this.#ended) {
      throw this.#refused(`it is cut off after line ${this.#lines}: the end is missing`);
    }
    if (this.#runbook === null) throw this.#refused('it has no runbook');
    return {
      header: this.#header,
      runbook: this.#runbook,
      world: this.#world,
      files: this.#files,
      rows: this.#rows,
    };
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file.fd);
    this.#file = null;
  }

  #parse(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw this.#refused(`line ${this.#lines + 1} is cut off or was changed`);
    }
  }

  #readHeader(value: unknown): BundleHeader {
    const version = (value as { version?: unknown } | null)?.version;
    if (typeof version === 'number' && version > BUNDLE_VERSION) {
      throw new RollbookError(
        'unreadable-file',
        `${this.#path} was written by a newer Rollbook: bundle version ${version}, this one reads ${BUNDLE_VERSION}.`,
        'Update Rollbook here, then import it again.',
      );
    }
    const read = headerSchema.safeParse(value);
    if (!read.success) throw this.#refused('its first line is not that of a bundle');
    return read.data;
  }

  #readLine(value: unknown): void {
    const read = lineSchema.safeParse(value);
    if (!read.success) throw this.#refused(`line ${this.#lines + 1} is not one of a bundle`);
    const line = read.data;
    if (this.#file !== null && !('bytes' in line)) throw this.#refused(`the file ${this.#file.path} is not whole`);
    this.#keep(line);
  }

  #keep(line: BundleLine): void {
    if ('runbook' in line) this.#runbook = line.runbook;
    else if ('event' in line) this.#rows.push(line.event);
    else if ('file' in line) this.#beginFile(line.file);
    else if ('bytes' in line) this.#addBytes(Buffer.from(line.bytes, 'base64'));
    else if ('end' in line) this.#end(line.end);
    else if ('world' in line) this.#world = line.world;
  }

  #beginFile({ path, bytes, sha256 }: { path: string; bytes: number; sha256: string }): void {
    if (this.#files.has(path)) throw this.#refused(`the file ${path} is in it twice`);
    makePrivateFolder(this.#staging);
    const staged = join(this.#staging, String(this.#files.size));
    this.#files.set(path, { staged, sha256 });
    this.#file = { path, sha256, left: bytes, fd: openSync(staged, 'wx', 0o600), hash: createHash('sha256') };
    this.#endFile();
  }

  #addBytes(bytes: Buffer): void {
    const file = this.#file;
    if (file === null || bytes.length > file.left) throw this.#refused(`line ${this.#lines + 1} has bytes of no file`);
    writeSync(file.fd, bytes);
    file.hash.update(bytes);
    file.left -= bytes.length;
    this.#endFile();
  }

  #endFile(): void {
    const file = this.#file;
    if (file === null || file.left > 0) return;
    closeSync(file.fd);
    this.#file = null;
    if (file.hash.digest('hex') !== file.sha256) throw this.#refused(`the file ${file.path} was changed`);
  }

  #end({ lines, sha256 }: { lines: number; sha256: string }): void {
    if (lines !== this.#lines)
      throw this.#refused(`it should have ${count(lines, 'line')} before its end and has ${this.#lines}`);
    if (sha256 !== this.#hash.copy().digest('hex'))
      throw this.#refused('its contents do not have the hash its end names');
    this.#ended = true;
  }

  #refused(what: string): RollbookError {
    return refused(this.#path, what);
  }
}

export const refused = (path: string, what: string): RollbookError =>
  new RollbookError(
    'unreadable-file',
    `${path} cannot be taken over: ${what}.`,
    'Nothing was changed here. Copy the bundle again from where it was written, or have it written anew.',
    { refused: what },
  );

/** Takes away what a bundle left in its staging folder. */
export const clearStaging = (staging: string): void => rmSync(staging, { recursive: true, force: true });

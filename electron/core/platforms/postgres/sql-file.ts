/** Reads a reviewed SQL file and checks that it can run in one transaction. */
import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { RollbookError } from '#shared/api/result.ts';
import { refusals } from '#shared/platforms/postgres/sql-refusals.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { RefusedFile, readRegular } from '#core/files/read-regular.ts';

const MAX_BYTES = 1024 * 1024;

export interface SqlFile {
  readonly text: string;
  readonly sha256: string;
}

/** Reads the whole file. Codes: `bad-arguments` (not absolute), `unreadable-file`, `too-large` (over 1 MB), `not-text`. */
export function readSqlFile(context: Pick<IncidentContext, 'adapter'>, path: string): SqlFile {
  const bytes = context.adapter.name === 'simulated' ? fromFixtures(context, path) : fromDisk(path);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (text.includes('\0')) throw new TypeError('it holds NUL');
    return { text, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch {
    throw new RollbookError('not-text', `${path} is not UTF-8 text.`, 'Save it as UTF-8, then choose it again.');
  }
}

/** Code: `not-allowed` when something in the file cannot run in one transaction. */
export function mustFitOneTransaction(text: string, file: string): void {
  const found = refusals(text);
  if (found.length === 0) return;
  const list = found.map(({ line, what, why }) => `line ${line}: ${what} (${why})`).join('; ');
  throw new RollbookError(
    'not-allowed',
    `${file} cannot be run in one transaction. ${list}. Nothing was run.`,
    'Correct the file and have it reviewed again.',
  );
}

function fromFixtures({ adapter }: Pick<IncidentContext, 'adapter'>, path: string): Buffer {
  const text = adapter.fixtures?.files[path];
  if (text !== undefined) return Buffer.from(text);
  const known = Object.keys(adapter.fixtures?.files ?? {}).join(', ') || 'none';
  throw new RollbookError('unreadable-file', `The drill has no file ${path} (it has: ${known}).`, 'Give one of them.');
}

function fromDisk(path: string): Buffer {
  if (!isAbsolute(path)) {
    throw new RollbookError('bad-arguments', `"${path}" is not an absolute path.`, 'Give the whole path of the file.');
  }
  const unreadable = (why: string): RollbookError =>
    new RollbookError('unreadable-file', `${path} cannot be read: ${why}.`, 'Correct the path, then choose it again.');
  try {
    return readRegular(path, MAX_BYTES);
  } catch (thrown) {
    if (thrown instanceof RefusedFile && thrown.code === 'EFBIG')
      throw new RollbookError('too-large', `${path} has ${thrown.bytes} bytes; 1 MB is the limit.`, 'Split it.');
    const gone = (thrown as NodeJS.ErrnoException).code === 'ENOENT';
    throw unreadable(gone ? 'there is no such file' : thrown instanceof Error ? thrown.message : String(thrown));
  }
}

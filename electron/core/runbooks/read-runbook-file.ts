import { basename } from 'node:path';
import { RollbookError } from '#shared/api/result.ts';
import { MAX_RUNBOOK_BYTES } from '#shared/runbook/parser/decode.ts';
import { readRegular, RefusedFile } from '#core/files/read-regular.ts';

/** The raw bytes of a runbook file. Codes: `unreadable-file`, `too-large`. */
export function readRunbookFile(path: string): Buffer {
  try {
    return readRegular(path, MAX_RUNBOOK_BYTES);
  } catch (thrown) {
    if (thrown instanceof RefusedFile && thrown.code === 'EFBIG') {
      const mb = (thrown.bytes / 1_048_576).toFixed(1);
      throw new RollbookError(
        'too-large',
        `${path} has ${mb} MB; a runbook may have 1 MB.`,
        'Split it, or check that it is the right file.',
      );
    }
    const { code = '', message } = thrown as NodeJS.ErrnoException;
    const [why, advice] =
      code === 'ENOENT' && basename(path) === '-' ? NO_INPUT : (UNREADABLE[code] ?? [message, UNKNOWN_CAUSE]);
    throw new RollbookError('unreadable-file', `${path} cannot be read: ${why}.`, advice);
  }
}

const UNKNOWN_CAUSE = 'Check the path and its permissions.';
const NO_INPUT = [
  'there is no such file, and "-" does not stand for the input here',
  'Write the runbook to a file, and name that.',
] as const;
const UNREADABLE: Readonly<Record<string, readonly [why: string, advice: string]>> = {
  ENOENT: ['there is no such file', 'Check the path.'],
  ENOTDIR: ['a part of this path is a file, not a folder', 'Check the path.'],
  EISDIR: ['it is a folder', 'Name the runbook: a Markdown file.'],
  ENOTFILE: ['it is no regular file', 'Name the runbook: a Markdown file.'],
  EACCES: ['this user may not read it', 'Check its permissions.'],
};

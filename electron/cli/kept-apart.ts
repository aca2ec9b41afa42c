/** What is said of incidents that are kept apart from the store: where they are, and how they are gone on with. */
import { RollbookError } from '#shared/contract/result.ts';
import { keptApart, type KeptApart } from '#core/emergency/kept-apart.ts';
import { dataFolder } from '#core/machine.ts';
import { isStoreTrouble } from '#core/store/store-trouble.ts';
import type { Terminal } from './terminal.ts';

/** A line on stderr for each folder. */
export function sayApart({ err }: Pick<Terminal, 'err'>, apart: readonly KeptApart[]): void {
  for (const { folder, incidents, isUsed } of apart) {
    const ways = (incidents ?? []).map((id) => ` ${wayOn(id, isUsed)}`).join('');
    err(
      `rollbook: What was declared while the store could not be used is not in this list: kept in ${folder}. A Rollbook that can write the store adds it.${ways}\n`,
    );
  }
}

/**
 * The error, if it is that there is no such incident while one is kept apart: where that is. If the store cannot be used, its
 * advice names all of them. Another error stays as it is.
 */
export async function tellingWhereKept(thrown: unknown): Promise<unknown> {
  if (!(thrown instanceof RollbookError)) return thrown;
  const { code, message, advice, details } = thrown;
  const id = code === 'not-found' ? details?.['incidentId'] : undefined;
  if (typeof id !== 'string' && !isStoreTrouble(thrown)) return thrown;
  const apart = await keptApart(dataFolder(process.env));
  if (typeof id !== 'string') {
    const kept = apart.flatMap(({ folder, incidents, isUsed }) =>
      (incidents ?? []).map((each) => `Incident ${each} is kept in ${folder}. ${wayOn(each, isUsed)}`),
    );
    return new RollbookError(code, message, [advice, ...kept].filter((text) => text !== undefined).join(' '), details);
  }
  const found = apart.find(({ incidents }) => incidents?.includes(id) === true);
  if (found === undefined) return thrown;
  return new RollbookError(
    'store-unwritable',
    `Incident ${id} is not in the store yet: it was declared while the store could not be used, and is kept in ${found.folder}.`,
    `${wayOn(id, found.isUsed)} The next start that can write the store puts it there; this command works on it then.`,
    { incidentId: id, folder: found.folder },
  );
}

const wayOn = (id: string, isUsed: boolean): string =>
  `${isUsed ? 'Another Rollbook works on it now; when that has ended, go' : 'Go'} on with it: rollbook run --resume ${id}.`;

/** Which core a command uses when the store cannot be used, and how the person is told where their incident is kept. */
import { type Failure, RollbookError, toFailure } from '#shared/api/result.ts';
import { coreWith, keptApartText } from '#core/emergency/emergency-core.ts';
import type { Cores } from '#core/emergency/spare-core.ts';
import { isStoreTrouble } from '#core/store/store-trouble.ts';
import type { OpenCore } from '#core/core.ts';
import { keptApart, type KeptApart } from '#core/emergency/kept-apart.ts';
import { dataFolder } from '#core/this-machine.ts';
import type { Terminal } from './terminal.ts';
import { invocation } from './invocation.ts';

/** Prints the trouble at once; the command then ends with exit code 4. */
export type Tell = (trouble: Failure) => void;

/**
 * Does `work` in the store, or in a spare store if the store cannot be written. Codes: those of `work`, and those of the store
 * when nothing can be written anywhere.
 */
export async function inStoreOrApart<T>(
  { main, problem, spare }: Cores,
  tell: Tell,
  work: (core: OpenCore) => Promise<T>,
): Promise<{ readonly core: OpenCore; readonly value: T }> {
  const apart = async (why: Failure): Promise<{ readonly core: OpenCore; readonly value: T }> => {
    const core = await spare.open(why);
    if (core === null) throw new RollbookError(why.code, why.message, why.advice, why.details);
    // Printed before the work, because the person has to know it when a question comes.
    tell({ ...why, message: `${why.message} ${keptApartText(core.services.store.folder)}` });
    return { core, value: await work(core) };
  };
  if (main === null || problem !== null) return await apart(problem ?? spare.problem ?? NO_STORE);
  try {
    return { core: main, value: await work(main) };
  } catch (thrown) {
    const why = toFailure(thrown);
    if (!isStoreTrouble(why)) throw thrown;
    return await apart(why);
  }
}

/** For drills, which are never kept in a spare store. Codes: those of the store, and of `work`. */
export async function inStore<T>(
  { main, problem }: Cores,
  work: (core: OpenCore) => Promise<T>,
): Promise<{ readonly core: OpenCore; readonly value: T }> {
  if (main !== null) return { core: main, value: await work(main) };
  const { code, message, advice, details } = problem ?? NO_STORE;
  throw new RollbookError(code, message, advice, details);
}

const NO_STORE: Failure = { code: 'store-unwritable', message: 'The store cannot be used.' };

/** The core that has this incident. Codes: `not-found`, and that of a store that cannot be read. */
export async function coreOf(cores: Cores, tell: Tell, incidentId: string): Promise<OpenCore> {
  const { main, problem, spare } = cores;
  const core = await coreWith(cores, incidentId);
  if (problem !== null) tell({ ...problem, message: `${problem.message} ${ONLY_READS}` });
  else if (core !== null && core === spare.core && spare.problem !== null) tell(spare.problem);
  const found = core ?? main;
  if (found !== null) return found;
  throw new RollbookError(
    'not-found',
    `The store cannot be read, and incident ${incidentId} is not among those that are kept apart from it.`,
    `\`${invocation()} run\` declares a new one meanwhile.`,
  );
}

const ONLY_READS =
  'Commands that only read are run, none that changes something; what you do is kept, and put into the store when it can be written.';

/** Prints a line on stderr for each spare store: where it is, and how to resume its incidents. */
export function sayApart({ err }: Pick<Terminal, 'err'>, apart: readonly KeptApart[]): void {
  for (const { folder, incidents, isUsed } of apart) {
    const ways = (incidents ?? []).map((id) => ` ${wayOn(id, isUsed)}`).join('');
    err(
      `rollbook: What was declared while the store could not be used is not in this list: kept in ${folder}. A Rollbook that can write the store adds it.${ways}\n`,
    );
  }
}

/**
 * Adds to an error where incidents are kept apart: to `not-found`, where this incident is; to trouble of the store, where all
 * of them are. Any other error is returned as it is.
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
  `${isUsed ? 'Another Rollbook works on it now; when that has ended, go' : 'Go'} on with it: ${invocation()} run --resume ${id}.`;

/** Where an incident is declared and gone on with when the store takes nothing, and what is said of that first. */
import { type Failure, RollbookError, toFailure } from '#shared/contract/result.ts';
import { coreWith, keptApart } from '#core/emergency/emergency-core.ts';
import type { Cores } from '#core/emergency/spare-core.ts';
import { isStoreTrouble } from '#core/store/store-trouble.ts';
import type { OpenCore } from '#core/core.ts';

/** Says it at once; the command then ends with exit code 4. */
export type Tell = (trouble: Failure) => void;

/** Does it in the store, or apart from it where that takes nothing. Codes: those of `work`, and of the store when nothing can be written anywhere. */
export async function inStoreOrApart<T>(
  { main, problem, spare }: Cores,
  tell: Tell,
  work: (core: OpenCore) => Promise<T>,
): Promise<{ readonly core: OpenCore; readonly value: T }> {
  const apart = async (why: Failure): Promise<{ readonly core: OpenCore; readonly value: T }> => {
    const core = await spare.open(why);
    if (core === null) throw new RollbookError(why.code, why.message, why.advice, why.details);
    // First: whoever goes on has to know it.
    tell({ ...why, message: `${why.message} ${keptApart(core.services.store.folder)}` });
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

/** For what has no place apart from the store: a drill. Codes: those of the store, and of `work`. */
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
    '`rollbook run` declares a new one meanwhile.',
  );
}

const ONLY_READS =
  'Commands that only read are run, none that changes something; what you do is kept, and put into the store when it can be written.';

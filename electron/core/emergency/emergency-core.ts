/**
 * What can be done when the store cannot be used. As far as it can be read, its incidents are read and written about
 * (incidents/storage-health.ts keeps that beside it). What is declared goes into a spare store (spare-core.ts). The store that
 * cannot be used stays exactly as it is.
 */
import { type Failure, RollbookError, toFailure } from '#shared/contract/result.ts';
import { type CoreOptions, type OpenCore, openCore } from '#core/core.ts';
import { joinedCore } from './joined-core.ts';
import { isStoreTrouble } from '#core/store/store-trouble.ts';
import { type Cores, spareCore } from './spare-core.ts';

/** What is said of it wherever somebody works so. `folder`: of the spare store. */
export const keptApartText = (folder: string): string =>
  `Runbooks can be read, and an incident can be declared: commands that only read are run, none that changes something. What you do is kept in ${folder}, and put into the store by the next start that can write it.`;

/** Codes: those of openCore when nothing can be written anywhere, or when it is no trouble of the store. */
export async function openCores(options: CoreOptions): Promise<Cores> {
  let main: OpenCore | null = null;
  let problem: Failure | null = null;
  const spare = spareCore(options, () => main);
  try {
    main = await openCore(options);
  } catch (thrown) {
    problem = toFailure(thrown);
    if (!(thrown instanceof RollbookError) || !isStoreTrouble(problem)) throw thrown;
    main = await openCore({ ...options, readOnly: thrown }).catch(() => null);
    // The first problem is the one to tell.
    if (main === null && (await spare.open(problem)) === null) throw thrown;
  }
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await spare.close();
    await main?.close();
  };
  return { main, problem, spare, close: () => (closing ??= close()) };
}

/**
 * The core in which the incident is: that of the store, or the spare one, also where a Rollbook that is gone left it there.
 * Null: it is in neither.
 */
export async function coreWith({ main, problem, spare }: Cores, incidentId: string): Promise<OpenCore | null> {
  if (main !== null && main.services.store.incident(incidentId) !== null) return main;
  const notIn = problem ?? main?.services.damage().find(({ code }) => code !== 'not-found') ?? null;
  const apart = spare.core ?? (spare.hasLeft() && notIn !== null ? await spare.open(notIn) : null);
  return apart !== null && apart.services.store.incident(incidentId) !== null ? apart : null;
}

/** What may pass. What is damaged is no trouble of the store: it is told, and stays where it is. */
const notTakenNow = (main: OpenCore | null): Failure | null =>
  main?.services.damage().find(({ code }) => code === 'disk-full' || code === 'store-unwritable') ?? null;

/** For windows: one core that is both. Codes: those of openCores. */
export async function openCoreOrEmergency(
  options: CoreOptions,
): Promise<{ readonly core: OpenCore; readonly problem: Failure | null; readonly folder: string | null }> {
  const cores = await openCores(options);
  const { main, problem, spare } = cores;
  // Whoever opens a window sees at once where it will be kept, and what an earlier start left that the store did not take.
  const why = problem ?? (spare.hasLeft() ? notTakenNow(main) : null);
  const apart = why === null ? null : await spare.open(why);
  return { core: joinedCore(cores), problem, folder: apart?.services.store.folder ?? null };
}

/**
 * Works without a usable store. If the store can be read, its incidents are shown, and acts on them are kept beside it
 * (event-log/storage-health.ts). New incidents are declared in a spare store (spare-core.ts). The unusable store is
 * never changed.
 */
import { type Failure, RollbookError, toFailure } from '#shared/api/result.ts';
import { type CoreOptions, type OpenCore, openCore } from '#core/core.ts';
import { joinedCore } from './joined-core.ts';
import { isStoreTrouble } from '#core/store/store-trouble.ts';
import { type Cores, spareCore } from './spare-core.ts';

/** Text for whoever works without the store. `folder`: of the spare store. */
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
 * The core that has the incident: the store's, or the spare one, also if a Rollbook that ended left it there. Null:
 * neither has it.
 */
export async function coreWith({ main, problem, spare }: Cores, incidentId: string): Promise<OpenCore | null> {
  if (main !== null && main.services.store.incident(incidentId) !== null) return main;
  const notIn = problem ?? main?.services.damage().find(({ code }) => code !== 'not-found') ?? null;
  const apart = spare.core ?? (spare.hasLeft() && notIn !== null ? await spare.open(notIn) : null);
  return apart !== null && apart.services.store.incident(incidentId) !== null ? apart : null;
}

/** Trouble that may pass. Damaged incidents are not: they are reported, and stay where they are. */
const notTakenNow = (main: OpenCore | null): Failure | null =>
  main?.services.damage().find(({ code }) => code === 'disk-full' || code === 'store-unwritable') ?? null;

/** One core for windows that joins the store's core and the spare one. Codes: those of openCores. */
export async function openCoreOrEmergency(
  options: CoreOptions,
): Promise<{ readonly core: OpenCore; readonly problem: Failure | null; readonly folder: string | null }> {
  const cores = await openCores(options);
  const { main, problem, spare } = cores;
  // A window shows at once where new incidents are kept, and what an earlier start left that the store did not take.
  const why = problem ?? (spare.hasLeft() ? notTakenNow(main) : null);
  const apart = why === null ? null : await spare.open(why);
  return { core: joinedCore(cores), problem, folder: apart?.services.store.folder ?? null };
}

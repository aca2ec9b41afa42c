/**
 * A core with a spare store in its own folder, for what the store cannot take. It runs nothing that changes something.
 * It begins with the runbooks, reviews and settings of the store, as far as they can be read. The next start that can
 * write the store adds its incidents there (take-in.ts).
 */
import { type Failure, RollbookError } from '#shared/api/result.ts';
import { type CoreOptions, type OpenCore, openCore } from '#core/core.ts';
import { dataFolder } from '#core/this-machine.ts';
import { KEYS } from '#core/settings/settings-service.ts';
import type { Store } from '#core/store/store.ts';
import { inEmergencyFolder, leftFolders, removeEmergencyFolder } from './emergency-folder.ts';

export interface Spare {
  /** Null: it was not needed so far. */
  readonly core: OpenCore | null;
  /** Why it was opened; null: it was not. */
  readonly problem: Failure | null;
  /** `problem`: why the store cannot be used. Null: nothing can be written anywhere. */
  readonly open: (problem: Failure) => Promise<OpenCore | null>;
  /** A Rollbook that is gone left incidents that are not in the store. */
  readonly hasLeft: () => boolean;
  /** Called when it is opened. Answers the function that ends it. */
  readonly follow: (listener: (core: OpenCore) => void) => () => void;
  readonly close: () => Promise<void>;
}

/** The core of the store, and the one for what the store does not take. */
export interface Cores {
  /** The store's core, read-only if the store cannot be written. Null: it cannot be read either, and the spare one is open. */
  readonly main: OpenCore | null;
  /** Why the store could not be used when it was opened, or null. */
  readonly problem: Failure | null;
  readonly spare: Spare;
  readonly close: () => Promise<void>;
}

/** `main`: the core of the store, as soon as there is one that can read it. */
export function spareCore({ vault: _unused, ...options }: CoreOptions, main: () => OpenCore | null): Spare {
  const usual = options.folder ?? dataFolder(process.env);
  const listeners = new Set<(core: OpenCore) => void>();
  let core: OpenCore | null = null;
  let why: Failure | null = null;
  let opening: Promise<OpenCore | null> | null = null;

  const open = async (problem: Failure): Promise<OpenCore | null> => {
    const opened = await inEmergencyFolder(usual, problem.code === 'disk-full', (folder) =>
      openCore({ ...options, folder, standsInFor: usual, onlyReads: problem }),
    );
    if (opened === null) return null;
    const from = main();
    if (from !== null) await stock(from.services.store, opened.services.store);
    core = opened;
    why = problem;
    for (const listener of listeners) listener(opened);
    return opened;
  };

  return {
    get core() {
      return core;
    },
    get problem() {
      return why;
    },
    open: (problem) =>
      (opening ??= open(problem).finally(() => {
        if (core === null) opening = null;
      })),
    hasLeft: () => leftFolders(usual).length > 0,
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      const opened = await opening;
      if (opened == null) return;
      const { store } = opened.services;
      const isEmpty = store.list().length === 0;
      await opened.close();
      if (isEmpty) await removeEmergencyFolder(store.folder);
    },
  };
}

/**
 * Copies what it can: damaged rows, and those for which there is no room, are left out. The bundled runbook is always
 * there.
 */
async function stock(from: Store, to: Store): Promise<void> {
  const runbooks = from.runbooks.list().map(({ hash }) => async (): Promise<void> => {
    const stored = from.runbooks.get(hash);
    const trusted = from.trust.of(hash);
    if (stored !== null) await to.runbooks.put(stored);
    if (stored !== null && trusted !== null && to.trust.of(hash) === null) await to.trust.add(trusted);
  });
  const settings = from.settings
    .keys()
    .filter((key) => key.startsWith(KEYS.runbook) || key === KEYS.singleKeys)
    .map((key) => (): Promise<void> => to.settings.set(key, from.settings.get(key)));
  // The oldest first: a name stands for the runbook that was added last.
  for (const copy of [...runbooks.toReversed(), ...settings]) {
    try {
      await copy();
    } catch (thrown) {
      if (!(thrown instanceof RollbookError)) throw thrown;
    }
  }
}

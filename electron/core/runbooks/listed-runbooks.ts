/** What a person chose about the list of runbooks: the default, and files that were taken off it. */
import type { Store } from '#core/store/store.ts';

/** Setting: the name of the runbook that declaring starts with. */
export const DEFAULT_RUNBOOK = 'runbooks.default';
/** Setting: the names of files that were taken off the list. */
const TAKEN_OFF = 'runbooks.removed';

type Settings = Pick<Store, 'settings'>;

/** The names of the files that are not listed. */
export function takenOff({ settings }: Settings): readonly string[] {
  const names = settings.get(TAKEN_OFF);
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}

/** Takes a file off the list; it stays stored for the incidents that were declared with it. */
export async function takeOff(store: Settings, name: string): Promise<void> {
  await store.settings.set(TAKEN_OFF, [...takenOff(store).filter((other) => other !== name), name]);
}

/** Lists a file again, if it was taken off. */
export async function putBack(store: Settings, name: string): Promise<void> {
  const names = takenOff(store);
  const others = names.filter((other) => other !== name);
  if (others.length < names.length) await store.settings.set(TAKEN_OFF, others);
}

/** Puts the contents of a bundle into the store. */
import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makePrivateFolder } from '#core/files/make-folder.ts';
import { simulatedClouds } from '#core/drills/simulated-clouds.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { Clock } from '#core/ports.ts';
import { BUNDLED } from '#core/runbooks/runbook-repository.ts';
import type { Store } from '#core/store/store.ts';
import type { CheckedBundle } from './check-bundle.ts';
import type { Bundle } from './read-bundle.ts';

/** A runbook that was bundled with another build, or claims so, is a runbook like any other here. */
const BUNDLED_ELSEWHERE = 'bundled with another Rollbook';

/**
 * Stores the runbook with its pinned model and returns the model's hash. `trust`: the person has reviewed it. Code:
 * `untrusted` (it is stored for review).
 */
export async function keepRunbook(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  { runbook }: Bundle,
  trust: boolean,
  by: string,
): Promise<string> {
  const { hash, source, model, modelVersion } = runbook;
  const name = runbook.name === BUNDLED ? BUNDLED_ELSEWHERE : runbook.name;
  const { modelHash } = await store.runbooks.put({ name, source, model, modelVersion });
  if (trust) await store.trust.add({ hash, by, at: clock.now(), how: 'reviewed' });
  if (store.trust.of(hash) === null) {
    const title = typeof model['title'] === 'string' ? model['title'] : name;
    throw new RollbookError(
      'untrusted',
      `The incident runs "${title}", which nobody has reviewed on this machine yet.`,
      'Review it under Runbooks (B) and trust it, then import the bundle again; or import it with --trust.',
      { hash },
    );
  }
  return modelHash;
}

/** Outputs, moved from where the bundle was unpacked. */
export function keepFiles(store: Store, { files }: Bundle): void {
  for (const [path, { staged }] of files) {
    const to = join(store.folder, path);
    // An output never changes once it has ended: what is here is the same or its owner's affair.
    if (existsSync(to)) continue;
    makePrivateFolder(dirname(to));
    try {
      renameSync(staged, to);
    } catch {
      copyFileSync(staged, to);
    }
  }
}

/** The events; what is here already stays as it is. */
export async function keepIncident(
  store: Store,
  { header, runbook, rows, world }: Bundle,
  checked: CheckedBundle,
  modelHash: string,
): Promise<void> {
  const { declared, declaredAt } = checked;
  const { incidentId } = header;
  const { kind, adapter, title, severity } = declared;
  const added = await store.importEvents(
    { id: incidentId, kind, adapter, title, severity, declaredAt, runbookHash: runbook.hash, modelHash },
    rows,
  );
  // The tools of a drill stand where they were left; what is here is older.
  if (declared.drill !== null && added > 0) simulatedClouds(store).keep(incidentId, world);
}

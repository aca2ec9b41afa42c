/** Checks a bundle: its chain verifies, this Rollbook knows all of its events, and the model comes from the source. */
import { basename } from 'node:path';
import { canonical } from '#shared/incident/canonical-json.ts';
import { verifyChain } from '#shared/incident/chain.ts';
import type { IncidentEvent, PayloadOf } from '#shared/incident/event.ts';
import { leftOutText, readEvents } from '#shared/incident/upcast.ts';
import { ulidSchema } from '#shared/api/call-schemas.ts';
import { RollbookError } from '#shared/api/result.ts';
import { MODEL_VERSION } from '#shared/runbook/model.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { recordedOutputs } from '#core/runner/output/output-record.ts';
import { hashOfModel } from '#core/store/runbooks.ts';
import { sha256 } from '#core/store/sha256.ts';
import { hashOfFiles } from '../files/hash-of-files.ts';
import { type Bundle, readBundle, refused } from './read-bundle.ts';

export interface CheckedBundle {
  readonly declared: PayloadOf<'incident.declared'>;
  readonly declaredAt: number;
  readonly given: PayloadOf<'handover.given'>;
  readonly events: readonly IncidentEvent[];
}

/**
 * Reads and checks a bundle; `staging`: an empty folder for its files. Code: `unreadable-file`, which says what is wrong
 * with it.
 */
export async function readCheckedBundle(path: string, staging: string): Promise<[Bundle, CheckedBundle]> {
  const bundle = await readBundle(path, staging);
  return [bundle, await checkBundle(path, bundle)];
}

async function checkBundle(path: string, bundle: Bundle): Promise<CheckedBundle> {
  const { header, rows } = bundle;
  const { problem } = verifyChain(sha256, header.incidentId, rows);
  if (problem !== undefined) throw refused(path, `its timeline does not verify. ${problem.what.replace(/\.$/, '')}`);
  const reading = readEvents(rows);
  if (reading.newer !== null) throw newer(path, leftOutText([reading.newer]));
  if (reading.damaged.length > 0) throw refused(path, leftOutText(reading.damaged));
  const { events } = reading;
  mustHaveIds(path, events);
  const first = events[0];
  const last = events.at(-1);
  if (first?.kind !== 'incident.declared' || first.payload === null || first.seq !== 1)
    throw refused(path, 'the declaration of its incident was purged');
  if (last?.kind !== 'handover.given' || last.payload?.handoverId !== header.handoverId || last.seq !== rows.length)
    throw refused(path, 'its timeline does not end with the handover');
  await mustHoldFiles(path, bundle, events);
  mustComeFromSource(path, bundle);
  const pinned = [...events].reverse().find(({ kind }) => kind === 'runbook.switched') as
    | (IncidentEvent & { kind: 'runbook.switched' })
    | undefined;
  const { hash, modelHash = bundle.runbook.modelHash } = first.payload.runbook;
  if ((pinned?.payload?.hash ?? hash) !== bundle.runbook.hash || modelHash !== bundle.runbook.modelHash)
    throw refused(path, 'its runbook is not the one of its incident');
  return { declared: first.payload, declaredAt: first.at, given: last.payload, events };
}

/** Ids become parts of paths. */
function mustHaveIds(path: string, events: readonly IncidentEvent[]): void {
  for (const { payload } of events) {
    const { runId, evidenceId } = (payload ?? {}) as { runId?: unknown; evidenceId?: unknown };
    for (const id of [runId, evidenceId])
      if (id !== undefined && !ulidSchema.safeParse(id).success)
        throw refused(path, `${JSON.stringify(id)} in it is no id`);
  }
}

/** The chain holds the hash of each output, of all its parts together: what is in the bundle must be that. */
async function mustHoldFiles(path: string, { files }: Bundle, events: readonly IncidentEvent[]): Promise<void> {
  const known = new Map(recordedOutputs(events).map(({ path: place, sha256: hash }) => [place, hash]));
  const outputs = Map.groupBy([...files.keys()].toSorted(), (file) => file.replace(/\.\d{12}$/, ''));
  for (const [output, parts] of outputs) {
    const expected = known.get(output);
    if (expected === undefined) throw refused(path, `no event knows its file ${output}`);
    const found = await hashOfFiles(parts.map((part) => files.get(part)?.staged ?? ''));
    if (found.sha256 !== expected) throw refused(path, `the file ${output} is not the one its timeline knows`);
  }
}

/** The model is what runs, and the source is what people review: both must say the same. */
function mustComeFromSource(path: string, { header, runbook }: Bundle): void {
  const { hash, source, modelVersion, modelHash, model, name } = runbook;
  // A person trusts a hash: a text with another hash would be run in the name of what they reviewed.
  if (sha256(source) !== hash) throw refused(path, 'the text of its runbook is not the one that its hash names');
  if (hashOfModel(hash, modelVersion, canonical(model)) !== modelHash) throw refused(path, 'its runbook was changed');
  if (modelVersion > MODEL_VERSION) throw newer(path, `its runbook was read in version ${modelVersion}`);
  if (!within(model, parseRunbook(source, basename(name)).model)) {
    const by = header.app === '' ? '' : ` (Rollbook ${header.app} wrote it)`;
    throw refused(path, `what its runbook runs is not what its text says to this Rollbook${by}`);
  }
}

/** True when `parsed` has everything that `model` has; a later parser may add more. */
function within(model: unknown, parsed: unknown): boolean {
  if (Array.isArray(model))
    return Array.isArray(parsed) && model.length === parsed.length && model.every((each, n) => within(each, parsed[n]));
  if (model === null || typeof model !== 'object') return model === parsed;
  if (parsed === null || typeof parsed !== 'object') return false;
  return Object.entries(model).every(
    ([key, value]) => READING.has(key) || within(value, (parsed as Readonly<Record<string, unknown>>)[key]),
  );
}

/** About the reading, not about what is run. */
const READING: ReadonlySet<string> = new Set(['gaps', 'repaired', 'version']);

const newer = (path: string, what: string): RollbookError =>
  new RollbookError(
    'unreadable-file',
    `${path} was written by a newer Rollbook: ${what}.`,
    'Update Rollbook here, then import it again.',
  );

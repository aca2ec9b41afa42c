/** The runbooks this machine knows: the bundled one, and files that were imported. Incidents pin what they were declared with. */
import { readFileSync } from 'node:fs';
import type { OpenRunbook, RunbookSummary } from '#shared/api/calls.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { canonical } from '#shared/incident/canonical-json.ts';
import { readEvents } from '#shared/incident/upcast.ts';
import { MODEL_VERSION, type Runbook } from '#shared/runbook/model.ts';
import { assetPath } from '#core/assets.ts';
import type { Door } from '#core/redaction-door.ts';
import type { Clock } from '#core/ports.ts';
import type { Store, StoredRunbook } from '#core/store/store.ts';
import { hashOfModel, intactOrNull } from '#core/store/runbooks.ts';
import { sha256 } from '#core/store/sha256.ts';
import { DEFAULT_RUNBOOK, putBack, takenOff, takeOff } from './listed-runbooks.ts';
import { parsedRunbook } from './parsed.ts';
import { readRunbookFile } from './read-runbook-file.ts';

/** The name of the bundled one. Which content is that, this build alone decides: whatever else has the name is another one. */
export const BUNDLED = 'bundled';

export interface Pin {
  readonly hash: string;
  readonly modelHash: string;
  readonly model: Runbook;
}

export interface Pinned {
  readonly name: string;
  /** Null: it was purged. */
  readonly declared: PayloadOf<'incident.declared'> | null;
  readonly model: Runbook;
  readonly open: () => Promise<OpenRunbook>;
}

export class RunbookRepository {
  #store: Store;
  #bundled = '';
  /** Hash of each file when it was last read, by name. */
  #current = new Map<string, string>();

  /** Models that were damaged and parsed again, by incident. */
  #mended = new Map<string, { readonly name: string; readonly model: Runbook }>();

  #clock: Pick<Clock, 'now'>;

  #door: Pick<Door, 'mustBeOpen'>;

  constructor(store: Store, clock: Pick<Clock, 'now'>, door: Pick<Door, 'mustBeOpen'>) {
    this.#store = store;
    this.#clock = clock;
    this.#door = door;
  }

  /** Stores and trusts the bundled runbook, unless this version of it is there already or nothing can be. Answers its hash. */
  async stockBundled(): Promise<string> {
    const raw = readFileSync(assetPath('shared/runbooks/hotdash.md'));
    const hash = sha256(raw);
    this.#bundled = hash;
    const stored = this.#intact(hash);
    if (stored?.modelVersion === MODEL_VERSION && this.#store.trust.of(hash) !== null) return hash;
    if (this.#store.mode().kind === 'read-only') return hash;
    await this.#put(raw, BUNDLED);
    await this.#store.trust.add({ hash, by: 'rollbook', at: this.#clock.now(), how: 'bundled' });
    return hash;
  }

  /** Codes: `unreadable-file`, `too-large`, `not-text`, `bad-front-matter`, `bad-arguments` (a secret in the path). */
  async importFile(path: string): Promise<RunbookSummary> {
    this.#door.mustBeOpen('The path of this file', path, 'Copy it to a folder without one.');
    const raw = readRunbookFile(path);
    const hash = sha256(raw);
    await this.#put(raw, path);
    this.#current.delete(path);
    await putBack(this.#store, path);
    return this.summary(hash);
  }

  /** The last reviewed version of a file, which may be gone by now; null: none was reviewed. */
  lastTrusted(path: string): RunbookSummary | null {
    const mark = this.#store.trust.lastTrusted(path);
    return mark === null ? null : this.summary(mark.hash);
  }

  /** A person has read it (or what changed in it). Code: `not-found`. */
  async trust(hash: string, by: string): Promise<void> {
    const how = this.summary(hash).changedFrom === null ? 'reviewed' : 'reviewed-changes';
    await this.#store.trust.add({ hash, by, at: this.#clock.now(), how });
  }

  /** Takes back the trust in a file's runbook, in each of its contents. Codes: `not-found`, `not-allowed` (bundled). */
  async untrust(hash: string): Promise<void> {
    await this.#store.trust.remove(this.#nameOfFile(hash));
  }

  /**
   * Takes a file's runbook off the list, and its trust back. Incidents keep the content they were declared with; adding
   * the file again lists it again. Codes: `not-found`, `not-allowed` (bundled).
   */
  async remove(hash: string): Promise<void> {
    const name = this.#nameOfFile(hash);
    await this.#store.trust.remove(name);
    await takeOff(this.#store, name);
  }

  #nameOfFile(hash: string): string {
    const { name, bundled } = this.summary(hash);
    if (!bundled) return name;
    throw new RollbookError(
      'not-allowed',
      'The bundled runbook stays: drills use it.',
      'Make another one the default.',
    );
  }

  /**
   * The bundled runbook first, then each imported file as it is now. If that version was not reviewed yet, the last
   * trusted one follows it: it stays runnable (rule 13).
   */
  list(): readonly RunbookSummary[] {
    const removed = new Set(takenOff(this.#store));
    const names = [...new Set(this.#store.runbooks.list().map(({ name }) => name))].filter(
      (name) => !removed.has(name),
    );
    const summaries: RunbookSummary[] = [];
    for (const name of names) {
      const stored = this.#intact(this.#current.get(name) ?? this.#newestOf(name));
      // A damaged runbook must not hide the others; opening it says what is wrong.
      if (stored === null) continue;
      const current = this.#summary(stored);
      summaries.push(current);
      const before = current.changedFrom === null ? null : this.#intact(current.changedFrom);
      if (before !== null) summaries.push({ ...this.#summary(before), outdated: true });
    }
    return summaries.toSorted((a, b) => Number(b.bundled) - Number(a.bundled));
  }

  /** The runbook that Rollbook brings along. Drills play it. */
  bundled(): RunbookSummary {
    return this.summary(this.#bundled);
  }

  /** Reads the imported files again, for an up-to-date list. A file that cannot be read keeps its last version. */
  async lookAgain(): Promise<void> {
    const names = new Set(this.#store.runbooks.list().map(({ name }) => name));
    for (const name of names) this.#current.set(name, await this.#currentOf(name));
  }

  #newestOf(name: string): string {
    if (name === BUNDLED) return this.#bundled;
    return this.#store.runbooks.list().find((stored) => stored.name === name)?.hash ?? '';
  }

  async #currentOf(name: string): Promise<string> {
    const newest = this.#newestOf(name);
    if (name === BUNDLED) return newest;
    try {
      const raw = readRunbookFile(name);
      const hash = sha256(raw);
      const known = this.#intact(hash);
      if (known === null) await this.#put(raw, name);
      // The same bytes may be stored under another file's name.
      return known !== null && known.name !== name ? newest : hash;
    } catch {
      return newest;
    }
  }

  /** Code: `not-found`. */
  summary(hash: string): RunbookSummary {
    return this.#summary(this.#stored(hash));
  }

  /** Codes: `not-found`, and those of parseRunbook. */
  async open(hash: string): Promise<OpenRunbook> {
    const stored = this.#stored(hash);
    const { model, source, tree } = await parsedRunbook(hash, stored.source, stored.name);
    return { summary: this.#summary(stored), model, source, tree: await tree() };
  }

  /** What a new incident pins. Code: `not-found`. */
  async pin(hash: string): Promise<Pin> {
    const { name, source } = this.#stored(hash);
    const { model } = await this.open(hash);
    const put = await this.#store.runbooks.put({ name, source, model, modelVersion: MODEL_VERSION });
    return { ...put, model };
  }

  /**
   * The runbook that an incident was declared with; it is never parsed again. The declaration names it. If that was
   * purged, or is older than this rule, the row names it. Codes: `not-found`, `store-corrupt`.
   */
  pinnedBy(incidentId: string): Pinned {
    const { declared, hash, modelHash } = this.#namedBy(incidentId);
    const { name, model } = this.#pinned(incidentId, hash, modelHash);
    return { name, declared, model, open: async () => ({ ...(await this.#shown(hash, name, model)), model }) };
  }

  /** As pinnedBy, also when the model is damaged: it is parsed again, and used if the result has the pinned hash. */
  async pinnedOrMended(incidentId: string): Promise<Pinned> {
    try {
      return this.pinnedBy(incidentId);
    } catch (thrown) {
      const { hash, modelHash } = this.#namedBy(incidentId);
      const text = this.#store.runbooks.text(hash);
      const parsed = text === null ? null : await parsedRunbook(hash, text.source, text.name).catch(() => null);
      const model = parsed?.model ?? null;
      if (text === null || model === null || hashOfModel(hash, MODEL_VERSION, canonical(model)) !== modelHash)
        throw thrown;
      this.#mended.set(incidentId, { name: text.name, model });
      return this.pinnedBy(incidentId);
    }
  }

  #namedBy(incidentId: string) {
    const [first] = readEvents(this.#store.events(incidentId, 0, 1)).events;
    const row = this.#store.incident(incidentId);
    const declared = first?.kind === 'incident.declared' ? first.payload : null;
    const { hash = row?.runbookHash ?? '', modelHash = row?.modelHash ?? '' } = declared?.runbook ?? {};
    return { declared, hash, modelHash };
  }

  /** Proven by its hash, the model alone decides what runs. */
  #pinned(incidentId: string, hash: string, modelHash: string): { readonly name: string; readonly model: Runbook } {
    const mended = this.#mended.get(incidentId);
    if (mended !== undefined) return mended;
    const known = this.#store.runbooks.model(modelHash);
    if (known?.hash === hash) return { name: known.name, model: known.model as Runbook };
    throw new RollbookError(
      'store-corrupt',
      `The runbook ${hash.slice(0, 12)} of incident ${incidentId} is gone from the store or was changed in it: nothing of it is run.`,
      'The other incidents are not touched. Add its file again, or look for it in a copy from the backups folder.',
    );
  }

  /** The text and tree that people read. */
  async #shown(hash: string, name: string, model: Runbook): Promise<OpenRunbook> {
    const text = this.#store.runbooks.text(hash)?.source;
    // An earlier version allowed longer texts: the incident continues with its model.
    const parsed = text === undefined ? null : await parsedRunbook(hash, text, name).catch(() => null);
    const { source, tree } = parsed ?? (await parsedRunbook(sha256(NO_TEXT), NO_TEXT, name));
    return { summary: this.#summary({ hash, name, model }), model, source, tree: await tree() };
  }

  async #put(raw: Uint8Array, name: string): Promise<void> {
    const { model } = await parsedRunbook(sha256(raw), raw, name);
    const source = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
    await this.#store.runbooks.put({ name, source, model, modelVersion: MODEL_VERSION });
  }

  /** Null: it is not stored, or not as it was. */
  #intact(hash: string): StoredRunbook | null {
    return intactOrNull(() => this.#store.runbooks.get(hash));
  }

  #summary({ hash, name, model }: Pick<StoredRunbook, 'hash' | 'name' | 'model'>): RunbookSummary {
    const trusted = this.#store.trust.of(hash) !== null;
    const changedFrom = trusted ? null : (this.#store.trust.lastTrusted(name)?.hash ?? null);
    const { title } = model as Runbook;
    const isDefault = this.#store.settings.get(DEFAULT_RUNBOOK) === name;
    return { hash, name, title, trusted, bundled: hash === this.#bundled, changedFrom, outdated: false, isDefault };
  }

  #stored(hash: string): StoredRunbook {
    const stored = this.#store.runbooks.get(hash);
    if (stored === null) throw unknown(hash);
    return stored;
  }
}

const NO_TEXT =
  '# The text of this runbook cannot be read from the store\n\nIts steps are there. Add its file again to read it.\n';

const unknown = (hash: string): RollbookError =>
  new RollbookError(
    'not-found',
    `No runbook with the hash ${hash.slice(0, 12)} is stored here.`,
    'Import the file again.',
  );

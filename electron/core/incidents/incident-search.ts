/** Search over what happened before: every incident and drill of the data folder, by the words of its timeline. */
import type { ExcerptPart, IncidentHit, IncidentPlace } from '#shared/contract/search-calls.ts';
import { reduce } from '#shared/incident/reduce.ts';
import { searchTexts } from '#shared/incident/search-text.ts';
import { eventsAfter } from '#shared/incident/staleness.ts';
import { readEvents } from '#shared/incident/upcast.ts';
import type { RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import type { SearchText, Store } from '#core/store/store.ts';
import type { IncidentService } from './incident-service.ts';

export interface IncidentSearchParts {
  readonly store: Store;
  readonly runbooks: RunbookRepository;
  readonly incidents: Pick<IncidentService, 'summary' | 'opened'>;
  readonly redact: (text: string) => string;
}

const MOST_INCIDENTS = 20;
const PLACES_SHOWN = 3;
/** Entries that are read for the grouping; the best of them come first. */
const MOST_ENTRIES = 500;

export class IncidentSearch {
  #parts: IncidentSearchParts;

  constructor(parts: IncidentSearchParts) {
    this.#parts = parts;
  }

  /** Every word has to occur in one entry, by its beginning. Best match first; nothing is found by an empty query. */
  async find(query: string): Promise<readonly IncidentHit[]> {
    await this.#bringUpToDate();
    const found = new Map<string, IncidentPlace[]>();
    for (const { incidentId, seq, snippet } of this.#parts.store.search.find(query, { limit: MOST_ENTRIES })) {
      const places = found.get(incidentId) ?? [];
      places.push({ seq, excerpt: partsOf(this.#parts.redact(snippet)) });
      found.set(incidentId, places);
    }
    return [...found].slice(0, MOST_INCIDENTS).map(([incidentId, places]) => {
      const { id, kind, title, scenario, severity, status, declaredAt, outcome, handedOver } =
        this.#parts.incidents.summary(incidentId);
      const incident = { id, kind, title, scenario, severity, status, declaredAt, outcome, handedOver };
      return { incident, places: places.slice(0, PLACES_SHOWN), total: places.length };
    });
  }

  /**
   * When somebody searches, and not at each event: nothing waits for the index in an incident, and what another process,
   * an older version or a handover brought is found all the same. A store that is only read is searched as it is.
   */
  async #bringUpToDate(): Promise<void> {
    const { store } = this.#parts;
    if (store.mode().kind !== 'writable') return;
    for (const { incidentId, seq } of store.search.missing()) {
      const texts = this.#textsOf(incidentId, seq);
      if (texts.length > 0) await store.search.index(texts);
    }
  }

  /** From the event `since` on. One incident that cannot be read must not keep the others from being found. */
  #textsOf(incidentId: string, since: number): readonly SearchText[] {
    const { incidents, redact } = this.#parts;
    try {
      // One that is open here has its state already.
      const opened = incidents.opened(incidentId);
      opened?.context.eventLog.catchUp();
      const known = opened?.context ?? this.#read(incidentId);
      if (known === null) return [];
      const { runbook, eventLog } = known;
      const events = eventsAfter(eventLog.events, since - 1);
      return searchTexts(events, runbook, eventLog.state).map(({ seq, text }) => ({
        incidentId,
        seq,
        text: redact(text),
      }));
    } catch {
      return [];
    }
  }

  #read(incidentId: string) {
    const { store, runbooks } = this.#parts;
    const { model: runbook } = runbooks.pinnedBy(incidentId);
    const { events } = readEvents(store.events(incidentId));
    const state = reduce(events);
    return state === null ? null : { runbook, eventLog: { events, state } };
  }
}

/** The store marks what matched with U+0002 and U+0003. */
function partsOf(snippet: string): readonly ExcerptPart[] {
  return snippet
    .split('\u0002')
    .flatMap((piece, index): ExcerptPart[] => {
      const [match = '', after = ''] = index === 0 ? ['', piece] : piece.split('\u0003');
      return [
        { text: match, match: true },
        { text: after, match: false },
      ];
    })
    .filter(({ text }) => text !== '');
}

/** Searches the timelines of all incidents and drills in the data folder. */
import type { ExcerptPart, IncidentHit, IncidentPlace } from '#shared/api/search-calls.ts';
import { reduce } from '#shared/incident/reduce.ts';
import { eventsAfter } from '#shared/incident/staleness.ts';
import { searchTexts } from '#shared/incident/timeline.ts';
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
/** Limit of the entries that are read and grouped, best matches first. */
const MOST_ENTRIES = 500;

export class IncidentSearch {
  #parts: IncidentSearchParts;

  constructor(parts: IncidentSearchParts) {
    this.#parts = parts;
  }

  /**
   * Finds entries in which each word of the query is the beginning of a word. Best match first; an empty query finds
   * nothing.
   */
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
   * The index is updated at a search and not at each event, so that no action waits for it and events of other processes,
   * older versions and handovers are included. A read-only store is searched as it is.
   */
  async #bringUpToDate(): Promise<void> {
    const { store } = this.#parts;
    if (store.mode().kind !== 'writable') return;
    for (const { incidentId, seq } of store.search.missing()) {
      const texts = this.#textsOf(incidentId, seq);
      if (texts.length > 0) await store.search.index(texts);
    }
  }

  /**
   * The texts of the events from seq `since` on. An incident that cannot be read is skipped: the others can still be
   * found.
   */
  #textsOf(incidentId: string, since: number): readonly SearchText[] {
    const { incidents, redact } = this.#parts;
    try {
      // An open incident has its state in memory.
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

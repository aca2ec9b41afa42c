import { count } from '#shared/words/count.ts';
import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { type Found, useSearch } from './use-search.ts';
import { SearchResults } from './SearchResults.tsx';

interface SearchBoxProps {
  /** null while the runbook loads; the search then starts afterwards. */
  readonly hash: string | null;
  /** The incident whose runbook is shown, if any. */
  readonly incidentId: string | null;
  /** Whether past incidents can be searched. */
  readonly past: boolean;
  readonly input: RefObject<HTMLInputElement | null>;
}

/** Limit for pasted text. */
const LONGEST_QUERY = 500;

/** Searches the runbook, contacts, related documents and past incidents of this machine. */
export function SearchBox({ hash, incidentId, past, input }: SearchBoxProps) {
  const [query, setQuery] = useState('');
  const found = useSearch({ hash, words: query.trim(), but: incidentId, past });
  const box = useRef<HTMLElement>(null);
  const move = (event: KeyboardEvent<HTMLElement>): void => moveBetweenHits(event, box.current);
  return (
    <search ref={box} className="stack stack--tight">
      <input
        ref={input}
        className="input"
        type="search"
        aria-label="Search the runbook and past incidents"
        placeholder="Search all of it (/)"
        maxLength={LONGEST_QUERY}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={move}
      />
      {found === null ? null : (
        <>
          <p className="small soft" role="status">
            {countText(found, past)}
          </p>
          <SearchResults found={found} onKeyDown={move} />
        </>
      )}
    </search>
  );
}

function countText({ runbook, incidents }: Found, past: boolean): string {
  if (runbook?.length === 0 && (!past || incidents?.length === 0)) return 'Nothing found. Try fewer or shorter words.';
  const places = runbook === null ? 'Searching the runbook' : `${count(runbook.length, 'place')} in the runbook`;
  if (!past) return places;
  return `${places}, ${incidents === null ? 'searching past incidents' : count(incidents.length, 'past incident')}`;
}

/** Enter opens the first hit; the arrow keys move between the field and the hits. */
function moveBetweenHits(event: KeyboardEvent<HTMLElement>, box: HTMLElement | null): void {
  const stops = [...(box?.querySelectorAll<HTMLElement>('input, .hit') ?? [])];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  if (event.key === 'Enter' && at === 0) {
    event.preventDefault();
    stops[1]?.click();
  }
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const next = stops[at + step];
  if (step === 0 || at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}

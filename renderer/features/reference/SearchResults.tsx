import { type KeyboardEventHandler, type ReactNode, useId } from 'react';
import { begunAt } from '#shared/drills/held-at.ts';
import { listedTitle } from '#shared/drills/listed-title.ts';
import type { IncidentHit } from '#shared/api/search-calls.ts';
import type { SearchGroup, SearchHit } from '#shared/runbook/search.ts';
import { go } from '../../app/route.ts';
import { KindTag, SeverityMark } from '../../ui/marks.tsx';
import { dateTime } from '../../ui/time.ts';
import type { Found } from './use-search.ts';

interface SearchResultsProps {
  readonly found: Found;
  /** Handles the arrow keys, which move between hits. */
  readonly onKeyDown: KeyboardEventHandler;
}

/** The hits, by kind. Kinds without a hit are left out. */
export function SearchResults({ found: { runbook, incidents }, onKeyDown }: SearchResultsProps) {
  const of = (group: SearchGroup): readonly SearchHit[] => (runbook ?? []).filter((hit) => hit.group === group);
  return (
    <section className="stack" aria-label="Search results">
      <RunbookHits title="Runbook" hits={of('section')} onKeyDown={onKeyDown} />
      <RunbookHits title="Contacts" hits={of('contact')} onKeyDown={onKeyDown} />
      <RunbookHits title="Related documents" hits={of('document')} onKeyDown={onKeyDown} />
      {incidents === null || incidents.length === 0 ? null : (
        <Group title="Past incidents">
          {incidents.map((hit) => (
            <li key={hit.incident.id}>
              <PastIncident hit={hit} onKeyDown={onKeyDown} />
            </li>
          ))}
        </Group>
      )}
    </section>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="stack stack--tight" aria-labelledby={id}>
      <h2 id={id} className="hits__title">
        {title}
      </h2>
      <ul className="hits" aria-labelledby={id}>
        {children}
      </ul>
    </section>
  );
}

interface RunbookHitsProps {
  readonly title: string;
  readonly hits: readonly SearchHit[];
  readonly onKeyDown: KeyboardEventHandler;
}

function RunbookHits({ title, hits, onKeyDown }: RunbookHitsProps) {
  if (hits.length === 0) return null;
  return (
    <Group title={title}>
      {hits.map((hit) => (
        <li key={`${hit.sectionId} ${hit.line}`}>
          <button
            type="button"
            className="hit"
            onKeyDown={onKeyDown}
            onClick={() => go({ screen: 'reference', section: hit.sectionId })}
          >
            <span className="strong">{hit.title}</span>
            {hit.excerpt === '' ? null : <span className="small">{hit.excerpt}</span>}
            <span className="small soft">line {hit.line}</span>
          </button>
        </li>
      ))}
    </Group>
  );
}

/** An incident that is over opens its report; an open one opens the wizard. */
function PastIncident({ hit, onKeyDown }: { readonly hit: IncidentHit; readonly onKeyDown: KeyboardEventHandler }) {
  const { incident, places, total } = hit;
  const screen = incident.status === 'open' ? 'incident' : 'report';
  return (
    <button type="button" className="hit" onKeyDown={onKeyDown} onClick={() => go({ screen, id: incident.id })}>
      <span className="hit__head">
        <KindTag kind={incident.kind} />
        <SeverityMark severity={incident.severity} />
        <span className="small soft tabular nowrap">{dateTime(begunAt(incident))}</span>
      </span>
      <span className="strong">{listedTitle(incident)}</span>
      {places.map(({ seq, excerpt }) => (
        <span className="small" key={seq}>
          {excerpt.map(({ text, match }, index) => (match ? <mark key={index}>{text}</mark> : text))}
        </span>
      ))}
      <span className="small soft">
        {incident.status}
        {incident.outcome === null ? '' : `, ${incident.outcome}`}
        {total > places.length ? `, ${total - places.length} more entries` : ''}
      </span>
    </button>
  );
}

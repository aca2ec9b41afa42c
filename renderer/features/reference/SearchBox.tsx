import { type RefObject, useEffect, useState } from 'react';
import type { SearchHit } from '#shared/contract/calls.ts';
import { go } from '../../app/route.ts';
import { get } from '../../stores/core.ts';

interface SearchBoxProps {
  readonly hash: string;
  readonly input: RefObject<HTMLInputElement | null>;
}

export function SearchBox({ hash, input }: SearchBoxProps) {
  const [query, setQuery] = useState('');
  const [hits, setHits] = useState<readonly SearchHit[] | null>(null);
  useEffect(() => {
    let current = true;
    if (query.trim() === '') setHits(null);
    else void get('runbook.search', { hash, query: query.trim() }).then((found) => current && setHits(found));
    return () => {
      current = false;
    };
  }, [hash, query]);
  const first = hits?.[0];
  return (
    <search className="stack stack--tight">
      <input
        ref={input}
        className="input"
        type="search"
        aria-label="Search the runbook"
        placeholder="Search (/)"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && first !== undefined) go({ screen: 'reference', section: first.sectionId });
        }}
      />
      {hits === null ? null : (
        <>
          <p className="small soft" role="status">
            {hits.length === 0 ? 'Nothing found. Try fewer or shorter words.' : `${hits.length} places`}
          </p>
          <ul className="hits" aria-label="Search results">
            {hits.map((hit) => (
              <li key={`${hit.sectionId} ${hit.line}`}>
                <button type="button" className="hit" onClick={() => go({ screen: 'reference', section: hit.sectionId })}>
                  <span className="strong">{hit.title}</span>
                  <span className="small">{hit.excerpt}</span>
                  <span className="small soft">line {hit.line}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </search>
  );
}

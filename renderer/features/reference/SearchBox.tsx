import { type RefObject, useEffect, useState } from 'react';
import type { SearchHit } from '#shared/contract/calls.ts';
import { go } from '../../app/route.ts';
import { get } from '../../stores/core.ts';

interface SearchBoxProps {
  /** null while the runbook is being read: what is typed meanwhile is looked for afterwards. */
  readonly hash: string | null;
  readonly input: RefObject<HTMLInputElement | null>;
}

export function SearchBox({ hash, input }: SearchBoxProps) {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<readonly SearchHit[] | null>(null);
  const words = query.trim();
  const hits = words === '' ? null : found;
  useEffect(() => {
    let current = true;
    if (hash !== null && words !== '')
      void get('runbook.search', { hash, query: words }).then((answer) => current && setFound(answer));
    return () => {
      current = false;
    };
  }, [hash, words]);
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
                <button
                  type="button"
                  className="hit"
                  onClick={() => go({ screen: 'reference', section: hit.sectionId })}
                >
                  <span className="strong">{hit.title}</span>
                  {hit.excerpt === '' ? null : <span className="small">{hit.excerpt}</span>}
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

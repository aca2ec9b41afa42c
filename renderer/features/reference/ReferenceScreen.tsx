import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { OpenRunbook } from '#shared/api/calls.ts';
import type { CheckView } from '#shared/runbook-check/check-view.ts';
import { useKeys } from '../../app/keys.ts';
import { go, goBack, writeRoute } from '../../app/route.ts';
import { get } from '../../stores/core.ts';
import { useIncidentStore } from '../../stores/incident.ts';
import { readRunbook, useDefaultRunbook, useOverview } from '../../stores/overview.ts';
import { findingsOn, useRunbookCheck } from '../../stores/runbook-check.ts';
import { Button } from '../../ui/Button.tsx';
import { FindingNotes } from '../runbook-check/FindingNote.tsx';
import { Markdown } from '../../ui/Markdown.tsx';
import { RunbookTabs } from '../../ui/RunbookTabs.tsx';
import { ReviewBadge } from './ReviewBadge.tsx';
import { LastProvenOf } from '../drills/LastProven.tsx';
import { SearchBox } from './SearchBox.tsx';
import { anchorAtLine, anchorOf } from './sections.ts';
import './reference.css';

/** Shows the findings about a code block below it. */
const besideOf =
  (runbookCheck: CheckView | null) =>
  (from: number, until: number): ReactNode => (
    <FindingNotes findings={findingsOn(runbookCheck, from, until)} label={`Findings of line ${from} to ${until}`} />
  );

/** The whole runbook. During an incident, the version it was declared with. */
export function ReferenceScreen({ section }: { readonly section: string | null }) {
  const view = useIncidentStore((store) => store.view);
  const pinned = view?.runbook ?? null;
  // Without a store there are no drills, no incidents and no home screen.
  const alone = useOverview(({ info }) => info?.emergency?.readable === false);
  const fallback = useDefaultRunbook();
  const readable = useOverview(({ runbooks }) => runbooks) ?? [];
  const runbook = pinned ?? fallback;
  const search = useRef<HTMLInputElement>(null);
  const findings = (): void => {
    if (runbook !== null) go({ screen: 'findings', hash: runbook.summary.hash });
  };
  const [onPaper, setOnPaper] = useState<string | null>(null);
  const print = async (): Promise<void> => {
    if (runbook === null) return;
    const answer = await get('runbook.print', { hash: runbook.summary.hash });
    if (answer !== null) setOnPaper(answer.path);
  };
  useKeys('Reference', [
    { keys: '/', label: 'Search the runbook and past incidents', run: () => search.current?.focus() },
    { keys: 'g', label: 'Findings of the runbook check', run: findings },
    { keys: '', label: 'Print: write the corrected runbook for paper', run: () => void print() },
  ]);
  useEffect(() => {
    if (runbook === null || section === null) return;
    const heading = document.getElementById(anchorOf(section));
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  }, [runbook, section]);
  const read = runbook?.summary.hash;
  useEffect(() => {
    // A different runbook starts at the top.
    if (section === null) window.scrollTo(0, 0);
  }, [read, section]);
  return (
    <main className="reference">
      <div className="reference__side">
        <header className="row">
          <h1>Reference</h1>
          {alone ? (
            <Button shortcut="B" onClick={() => go({ screen: 'runbooks' })}>
              Runbooks
            </Button>
          ) : (
            <Button shortcut="Esc" onClick={goBack}>
              Back
            </Button>
          )}
        </header>
        {alone ? (
          <RunbookTabs runbooks={readable} chosen={runbook?.summary.hash ?? null} onChoose={readRunbook} />
        ) : null}
        <div className="row">
          <Button look="quiet" shortcut="G" onClick={findings}>
            Findings
          </Button>
          <Button look="quiet" onClick={() => void print()}>
            Print
          </Button>
        </div>
        {onPaper === null ? null : (
          <p className="small reference__path" role="status">
            For paper: open {onPaper} in a browser and print it.
          </p>
        )}
        <ReviewBadge runbook={runbook} />
        <SearchBox
          hash={runbook?.summary.hash ?? null}
          incidentId={view?.summary.id ?? null}
          past={!alone}
          input={search}
        />
        {runbook === null || alone ? null : (
          <details className="drills__proven">
            <summary>When each procedure was last proven</summary>
            <LastProvenOf runbook={runbook.summary.hash} />
          </details>
        )}
        {runbook === null ? (
          <p role="status">The runbook is being read.</p>
        ) : (
          <Contents runbook={runbook} current={section} />
        )}
      </div>
      {runbook === null ? null : <Body runbook={runbook} />}
    </main>
  );
}

function Contents({ runbook, current }: { readonly runbook: OpenRunbook; readonly current: string | null }) {
  const sections = runbook.model.sections.filter((section) => section.level > 0 && section.level <= 3);
  return (
    <nav aria-label="Contents">
      <ul className="contents">
        {sections.map((section) => (
          <li key={section.id} className={`contents__level-${section.level}`}>
            <a
              href={writeRoute({ screen: 'reference', section: section.id })}
              aria-current={section.id === current ? 'location' : undefined}
            >
              {section.title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Body({ runbook }: { readonly runbook: OpenRunbook }) {
  // Memoized: a long runbook is not rendered again at each jump to a section.
  const runbookCheck = useRunbookCheck(runbook.summary.hash);
  const text = useMemo(
    () => <Markdown nodes={runbook.tree.children} headingId={anchorAtLine(runbook)} beside={besideOf(runbookCheck)} />,
    [runbook, runbookCheck],
  );
  return (
    <article className="prose reference__body" aria-label={runbook.model.title}>
      {text}
    </article>
  );
}

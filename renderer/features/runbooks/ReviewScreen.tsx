import { useMemo } from 'react';
import type { OpenRunbook } from '#shared/api/calls.ts';
import type { CheckView } from '#shared/runbook-check/check-view.ts';
import { useKeys } from '../../app/keys.ts';
import { go } from '../../app/route.ts';
import { readRunbook, useOpenRunbook, useOverview } from '../../stores/overview.ts';
import { useRunbookCheck } from '../../stores/runbook-check.ts';
import { Button } from '../../ui/Button.tsx';
import { Markdown } from '../../ui/Markdown.tsx';
import { RunbookChanges } from './RunbookChanges.tsx';
import { RunbookCommands } from './RunbookCommands.tsx';
import { RunbookUse } from './RunbookUse.tsx';
import { TrustButton } from './TrustButton.tsx';
import { TrustMark } from './TrustMark.tsx';
import './runbooks.css';
import type { Gap } from '#shared/runbook/model.ts';
import { Mark } from '../../ui/marks.tsx';

/** The review of a runbook before it is trusted: its commands, its gaps and its whole text. */
export function ReviewScreen({ hash }: { readonly hash: string }) {
  const runbook = useOpenRunbook(hash);
  if (runbook === null) {
    return (
      <main className="screen stack">
        <p role="status">The runbook is being read.</p>
      </main>
    );
  }
  return <Review runbook={runbook} />;
}

function Review({ runbook }: { readonly runbook: OpenRunbook }) {
  const { hash, name, title, bundled } = runbook.summary;
  // Once the runbook is trusted, the list is newer than the opened runbook.
  const trusted = useOverview(({ runbooks }) => runbooks?.find((other) => other.hash === hash)?.trusted) === true;
  const alone = useOverview(({ info }) => info?.emergency?.readable === false);
  const runbookCheck = useRunbookCheck(hash);
  const changes = trusted ? null : runbook.summary.changedFrom;
  const read = (): void => {
    readRunbook(hash);
    go({ screen: 'reference', section: null });
  };
  const fillable = !bundled && !alone && runbook.model.gaps.length > 0;
  const fill = (): void => go({ screen: 'adoption', hash });
  useKeys('Review', [
    ...(alone ? [{ keys: 'f', label: 'Read and search it in the reference', run: read }] : []),
    { keys: 'g', label: 'Findings', run: () => go({ screen: 'findings', hash }) },
    ...(fillable ? [{ keys: 'z', label: 'Fill the gaps', run: fill }] : []),
  ]);
  return (
    <main className="screen review">
      <header className="screen__head">
        <h1>{title}</h1>
        <TrustMark trusted={trusted} />
        <Button shortcut="G" onClick={() => go({ screen: 'findings', hash })}>
          Findings{runbookCheck === null ? '' : `: ${runbookCheck.findings.length}`}
        </Button>
        {fillable ? (
          <Button shortcut="Z" onClick={fill}>
            Fill the gaps
          </Button>
        ) : null}
        <Button shortcut="Esc" onClick={() => go({ screen: 'runbooks' })}>
          Runbooks
        </Button>
      </header>
      <dl className="review__facts small">
        <div>
          <dt>File</dt>
          <dd className="review__mono">{bundled ? 'comes with Rollbook' : name}</dd>
        </div>
        <div>
          <dt>Content</dt>
          <dd className="review__mono">sha256 {hash.slice(0, 12)}</dd>
        </div>
        {runbook.model.repaired ? (
          <div>
            <dt>Repaired</dt>
            <dd>symbols that were read in the wrong encoding</dd>
          </div>
        ) : null}
      </dl>
      {changes === null ? null : <RunbookChanges runbook={runbook} from={changes} runbookCheck={runbookCheck} />}
      {changes === null ? <WholeRunbook runbook={runbook} runbookCheck={runbookCheck} /> : null}
      {changes === null ? null : (
        <details>
          <summary>The whole runbook: gaps, commands, text</summary>
          <WholeRunbook runbook={runbook} runbookCheck={runbookCheck} />
        </details>
      )}
      <footer className="screen__act">
        {alone ? (
          <Button shortcut="F" onClick={read}>
            Read and search it in the reference
          </Button>
        ) : null}
        {trusted ? (
          <p role="status">
            {bundled
              ? 'It ships trusted: nothing has to be reviewed.'
              : 'Trusted: incidents can be declared with it. A change of the file asks for another review.'}
          </p>
        ) : (
          <TrustButton hash={hash} isOnlyChanges={changes !== null} check={runbookCheck} />
        )}
        {alone ? null : <RunbookUse hash={hash} trusted={trusted} />}
      </footer>
    </main>
  );
}

/** The whole runbook: gaps, commands and text. */
function WholeRunbook({
  runbook,
  runbookCheck,
}: {
  readonly runbook: OpenRunbook;
  readonly runbookCheck: CheckView | null;
}) {
  const text = useMemo(() => <Markdown nodes={runbook.tree.children} />, [runbook]);
  const { title } = runbook.summary;
  return (
    <>
      <RunbookGaps gaps={runbook.model.gaps} />
      <RunbookCommands runbook={runbook.model} findings={runbookCheck?.findings ?? []} />
      <section className="stack stack--tight" aria-labelledby="review-text">
        <h2 id="review-text">The whole text</h2>
        <article className="prose review__text" aria-label={title}>
          {text}
        </article>
      </section>
    </>
  );
}

/** What the parser did not find. It does not prevent the import, but less can be proven. */
export function RunbookGaps({ gaps }: { readonly gaps: readonly Gap[] }) {
  return (
    <section className="stack stack--tight" aria-labelledby="review-gaps">
      <h2 id="review-gaps">{gaps.length === 0 ? 'No gaps' : gaps.length === 1 ? '1 gap' : `${gaps.length} gaps`}</h2>
      {gaps.length === 0 ? (
        <p className="soft">Everything Rollbook looks for is there.</p>
      ) : (
        <ul className="boxed-list review__list" aria-label="Gaps">
          {gaps.map((gap) => (
            <li key={`${gap.code} ${gap.line} ${gap.message}`}>
              <span className="soft small tabular">line {gap.line}</span>
              <span>
                <Mark shape="question" tone="caution" word={gap.message} /> <span className="soft">{gap.advice}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

import { readinessScore, topFixes, overallState } from '#shared/readiness/readiness.ts';
import { go } from '../../app/route.ts';
import { defaultRunbook, useOverview } from '../../stores/overview.ts';
import { readReadiness, useReadiness } from '../../stores/readiness.ts';
import { Button } from '../../ui/Button.tsx';
import { StateMark } from '../readiness/ReadyRow.tsx';

/** How ready this machine is for the default runbook, and what to fix first. Nothing is checked until a person asks. */
export function ReadinessCard() {
  const runbooks = useOverview((overview) => overview.runbooks);
  const board = useReadiness((readiness) => readiness.board);
  const reading = useReadiness((readiness) => readiness.reading);
  const hash = defaultRunbook(runbooks ?? [])?.hash ?? null;
  const shown = board?.runbook.hash === hash ? board : null;
  const check = (): void => {
    if (hash !== null && reading !== 'all') void readReadiness(hash);
  };
  return (
    <section className="card" aria-labelledby="ready-title">
      <header className="card__head">
        <h2 id="ready-title">Ready for tonight?</h2>
        {shown === null || reading === 'all' ? null : <StateMark state={overallState(shown.items)} />}
      </header>
      {reading === 'all' ? (
        <p className="soft" role="status">
          Checking tools, logins, apps and secrets. Ten seconds at most.
        </p>
      ) : shown === null ? (
        <>
          <p className="soft">Tools, logins, access and secrets have not been checked since Rollbook started.</p>
          <div>
            <Button disabled={hash === null} onClick={check}>
              Check readiness
            </Button>
          </div>
        </>
      ) : (
        <>
          <p className="card__figure tabular">
            {readinessScore(shown.items)} % <span className="soft small">of {shown.items.length} checks are ready</span>
          </p>
          <ul className="stack stack--tight" aria-label="Fix first">
            {topFixes(shown.items).map((item) => (
              <li key={item.id}>
                <button type="button" className="button-card card__row" onClick={() => go({ screen: 'readiness' })}>
                  <StateMark state={item.state} />
                  <span>
                    <span className="strong">{item.title}</span> <span className="soft small">{item.fix}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

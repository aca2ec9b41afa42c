import { readsBefore } from '#shared/incident/offered-answers.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { runsOf, runEnding } from './runs.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import type { RunState } from '#shared/incident/state.ts';
import { OutputPanel } from './OutputPanel.tsx';
import './past-run.css';

interface ReadBeforeProps {
  readonly step: Step;
  /** Takes a value that was clicked. */
  readonly pick?: (value: string) => void;
  readonly hint?: string;
}

/**
 * What the step before this one has read, open until this step has run something itself: it is what a person acts on.
 * With `pick` a click on a value in it takes that value.
 */
export function ReadBefore({ step, pick, hint }: ReadBeforeProps) {
  const { state, runbook } = useIncident();
  const { before, reads } = readsBefore(state, runbook, step);
  if (before === null || runsOf(state, step).length > 0 || reads.length === 0) return null;
  return (
    <details open>
      <summary>Read by “{before.title}”</summary>
      {hint === undefined ? null : <p className="small">{hint}</p>}
      <div className="stack stack--tight">
        {reads.map((run) => (
          <LastRun key={run.runId} run={run} {...(pick === undefined ? {} : { pick })} />
        ))}
      </div>
    </details>
  );
}

/** The output of a run: as printed, or as pasted when it was run by hand. */
export function LastRun({ run, pick }: { readonly run: RunState; readonly pick?: (value: string) => void }) {
  if (!run.byHand) return <OutputPanel run={run} {...(pick === undefined ? {} : { pick })} />;
  return (
    <section className="output output--ended" aria-label={`Output of ${run.shown}`}>
      <header className="output__head">
        <code>{visibleCommand(run.shown)}</code>
        <span className="output__facts">by hand, {runEnding(run)}</span>
      </header>
      <pre className="ran__pasted">{run.excerpt === '' ? 'Nothing was pasted.' : run.excerpt}</pre>
    </section>
  );
}

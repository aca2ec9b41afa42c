import { visibleCommand } from '#shared/words/visible.ts';
import type { RunState } from '#shared/incident/state.ts';
import { OutputPanel } from './OutputPanel.tsx';
import { runEnding } from './runs.ts';
import './past-run.css';

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

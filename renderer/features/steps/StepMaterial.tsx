import { visibleCommand } from '#shared/words/visible.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { ByHand } from '../by-hand/ByHand.tsx';
import { PostCondition } from './PostCondition.tsx';
import { Messages } from '../messages/Messages.tsx';
import { OutputPanel } from '../output/OutputPanel.tsx';
import { runEnding, runsOf } from '../output/runs.ts';
import '../output/past-run.css';

interface StepMaterialProps {
  readonly step: Step;
  /** Id of a run that is shown elsewhere and left out here. */
  readonly without?: string | null;
  /** False when all runs are shown elsewhere. */
  readonly runs?: boolean;
  /** Opens the list of commands, because the action will run them. */
  readonly showCommands?: boolean;
}

/** Everything of a step besides its action: post-condition, messages, earlier runs, and its commands to run by hand. */
export function StepMaterial({ step, without = null, runs: listRuns = true, showCommands = false }: StepMaterialProps) {
  const { state } = useIncident();
  const runs = listRuns ? runsOf(state, step).filter((run) => run.runId !== without) : [];
  return (
    <>
      <PostCondition step={step} />
      {step.messages.length > 0 ? <Messages messages={step.messages} /> : null}
      {runs.length === 0 ? null : (
        <details>
          <summary>{runs.length === 1 ? 'One run before' : `${runs.length} runs before`}</summary>
          <div className="stack stack--tight">
            {runs.map((run) => (
              <details key={run.runId} className="ran">
                <summary>
                  <code>{visibleCommand(run.shown)}</code>{' '}
                  <span className="soft small">{run.byHand ? `by hand, ${runEnding(run)}` : runEnding(run)}</span>
                </summary>
                {run.byHand ? <pre className="ran__pasted">{run.excerpt}</pre> : <OutputPanel run={run} />}
              </details>
            ))}
          </div>
        </details>
      )}
      <ByHand step={step} unfolded={showCommands} />
    </>
  );
}

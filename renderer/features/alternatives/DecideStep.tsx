import { type Alternative, alternatives } from '#shared/incident/alternatives.ts';
import { OUTCOME_MEANING } from '#shared/incident/step-outcomes.ts';
import { stepState } from '#shared/incident/state.ts';
import type { Step } from '#shared/runbook/model.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { OutcomeMark, InlineCode } from '../../ui/marks.tsx';
import { viewOf } from '../steps/views.tsx';
import { OutputPanel } from '../output/OutputPanel.tsx';
import { RolloutView } from '../releases/RolloutView.tsx';
import { runInSight } from '../output/runs.ts';
import { StepFrame } from '../steps/StepFrame.tsx';
import { StepMaterial } from '../steps/StepMaterial.tsx';
import { AlternativeCard } from './AlternativeCard.tsx';
import './decide-step.css';
import './alternatives.css';

/** The step did not succeed: what happened, and the ways to continue, each with its risk. */
export function DecideStep({ step }: { readonly step: Step }) {
  const { state, runbook } = useIncident();
  const { outcome, reason, observed } = stepState(state, step.id);
  const run = runInSight(state, step);
  const { Quicker } = viewOf(step);
  const ways = alternatives(state, runbook, step);
  const take = (way: Alternative): void => {
    if (way.intent !== null) void act(way.intent);
  };
  useKeys(
    'Ways on',
    ways.slice(0, 9).map((way, index) => ({ keys: String(index + 1), label: way.label, run: () => take(way) })),
  );
  return (
    <StepFrame
      step={step}
      title={step.title}
      primary={null}
      status={<p>Choose how to go on: press its number. Nothing is tried again by itself.</p>}
    >
      {outcome === null ? null : (
        <section className={`failure failure--${OUTCOME_MEANING[outcome].provenance}`} role="alert">
          <p className="failure__outcome">
            <OutcomeMark outcome={outcome} />
          </p>
          <p className="measure">
            <InlineCode text={reason === '' ? OUTCOME_MEANING[outcome].means : reason} />
          </p>
          {observed === null ? null : <p>Seen: {observed}</p>}
          {run?.explanation == null ? null : (
            <p className="measure">
              {reason.includes(run.explanation.sentence) ? null : <strong>{run.explanation.sentence} </strong>}
              <InlineCode text={run.explanation.next} />
            </p>
          )}
        </section>
      )}
      <section className="stack stack--tight" aria-label="Ways on">
        <h3>Ways on</h3>
        <ol className="ways">
          {ways.map((way, index) => (
            <li key={way.id}>
              {way.intent === null ? (
                <WayOutsideRollbook way={way} />
              ) : (
                <AlternativeCard way={way} number={index + 1} onTake={() => take(way)} />
              )}
            </li>
          ))}
        </ol>
      </section>
      {definitionOf(step).deploys !== undefined ? <RolloutView step={step} /> : null}
      {run === null || run.byHand ? null : <OutputPanel key={run.runId} run={run} />}
      {Quicker === undefined ? null : <Quicker />}
      <StepMaterial step={step} without={run?.runId ?? null} />
    </StepFrame>
  );
}

const WayOutsideRollbook = ({ way }: { readonly way: Alternative }) => (
  <div className="way way--outside">
    <span />
    <span className="strong">{way.label}</span>
    <span className="way__risk">
      {way.risk} <span className="mono">{way.where}</span>
    </span>
    <CopyButton text={way.where ?? ''} what="address" />
  </div>
);

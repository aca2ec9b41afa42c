import { branchWay } from '#shared/incident/alternatives.ts';
import { offeredBranches } from '#shared/incident/branches.ts';
import type { Step } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { InlineCode } from '../../ui/marks.tsx';
import './alternatives.css';

/** Why the last request failed, and the branches of the step that fit that failure. */
export function Problem({ step }: { readonly step: Step | null }) {
  const { state, runbook } = useIncident();
  const { problem } = state;
  if (problem === null) return null;
  const fitting = step === null ? [] : offeredBranches(state, runbook, step).filter(({ why }) => why !== '');
  return (
    <div className="notice notice--bad" role="alert">
      <p className="strong">
        <InlineCode text={problem.message} />
      </p>
      <p>
        <InlineCode text={problem.advice} />
      </p>
      {step === null || fitting.length === 0 ? null : (
        <div className="row" role="group" aria-label="Ways out that fit">
          {fitting.map((each) => {
            const { label, risk, intent } = branchWay(state, step, each);
            return (
              <Button key={each.branch.id} title={risk} onClick={() => intent && void act(intent)}>
                {label}
              </Button>
            );
          })}
        </div>
      )}
    </div>
  );
}

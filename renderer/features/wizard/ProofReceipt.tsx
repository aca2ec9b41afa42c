import { nextAction } from '#shared/incident/next-action.ts';
import { procedureOf } from '#shared/incident/state.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Mark, InlineCode } from '../../ui/marks.tsx';
import { receiptOf } from './receipt.ts';
import './proof-receipt.css';

/** On top of the step after a verified one: its proof in one line, which opens to what was looked at. */
export function ProofReceipt() {
  const { state, runbook } = useIncident();
  const steps = procedureOf(state, runbook)?.steps ?? [];
  const next = nextAction(state, runbook);
  const index = steps.findIndex(({ id }) => 'stepId' in next && id === next.stepId);
  const before = steps[index < 0 ? steps.length - 1 : index - 1];
  const receipt = before === undefined || state.resolvedAt !== null ? null : receiptOf(state, before);
  if (receipt === null) return null;
  return (
    <details className="receipt small" aria-label="Proof of the step before">
      <summary>
        <Mark shape="solid-tick" tone="proven" word={receipt.line} />
      </summary>
      <ul>
        {receipt.details.map((detail) => (
          <li key={detail}>
            <InlineCode text={detail} />
          </li>
        ))}
      </ul>
    </details>
  );
}

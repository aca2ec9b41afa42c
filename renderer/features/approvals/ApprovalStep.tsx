import { bypassTarget } from '#shared/incident/bypass-target.ts';
import { useState } from 'react';
import { approvalNeed } from '#shared/incident/approval-policy.ts';
import { isEndTyped } from '#shared/platforms/postgres/target.ts';
import type { Step } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { useApproval } from './ApprovalFields.tsx';
import { StepFrame } from '../steps/StepFrame.tsx';
import { viewOf } from '../steps/views.tsx';

const ROLE = { anyone: 'anyone', 'team-lead': 'the team lead', manager: 'the manager' } as const;

/** Records an approval, or proceeds without one, which leaves a debt. */
export function ApprovalStep({ step }: { readonly step: Step }) {
  const { state, runbook } = useIncident();
  const { Card } = viewOf(step);
  const need = approvalNeed(state, runbook);
  const notEnough = state.approvals.filter(({ procedureId }) => procedureId === state.procedureId);
  const { fields, record, blocked } = useApproval();
  const [without, setWithout] = useState(false);
  return (
    <StepFrame
      step={step}
      title={`Approval: ${ROLE[need.approver]} must agree`}
      primary={{
        label: 'Record the approval',
        explain: 'Only records it. The change comes after.',
        run: () => void record(),
        blocked,
        changes: false,
      }}
      secondary={<Button onClick={() => setWithout(!without)}>Proceed without approval</Button>}
    >
      {need.rule === null ? null : (
        <p className="step__lead measure">
          The runbook says: <q>{need.rule.text}</q>
        </p>
      )}
      {notEnough.map((approval) => (
        <p key={approval.at} className="notice notice--caution">
          Recorded: {approval.who} ({approval.role}). That is not enough: {ROLE[need.approver]} must agree.
        </p>
      ))}
      {without ? <ProceedWithoutApproval onClose={() => setWithout(false)} /> : null}
      {fields}
      {Card === undefined ? null : <Card step={step} />}
    </StepFrame>
  );
}

/** Asks for a reason and for the end of the target's name, the part that could be wrong. */
function ProceedWithoutApproval({ onClose }: { readonly onClose: () => void }) {
  const { state, runbook } = useIncident();
  const service = bypassTarget(state, runbook);
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const fits = isEndTyped(service, typed);
  return (
    <section className="notice notice--caution stack" aria-label="Proceed without approval">
      <p>Recorded as a deviation, and owed: somebody has to be told.</p>
      <TextField label="Reason" value={reason} onText={setReason} />
      <TextField
        label={`Target: type the end of ${service}`}
        hint={`At least four letters, for example ${service.slice(-7)}`}
        value={typed}
        onText={setTyped}
      />
      <div className="row">
        <Button
          look="danger"
          disabled={!fits || reason.trim() === ''}
          onClick={() => void act({ kind: 'proceed-without-approval', reason: reason.trim(), typed: typed.trim() })}
        >
          Proceed on {service} without approval
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </section>
  );
}

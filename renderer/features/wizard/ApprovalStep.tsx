import { useState } from 'react';
import { approvalNeed } from '#shared/incident/approval-policy.ts';
import type { Step } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { ChoiceField, TextField } from '../../ui/Field.tsx';
import { KnownApprovers } from './KnownApprovers.tsx';
import { SqlCard } from './SqlCard.tsx';
import { StepFrame } from './StepFrame.tsx';
import { UndoCard } from './UndoCard.tsx';

const ROLE = { anyone: 'anyone', 'team-lead': 'the team lead', manager: 'the manager' } as const;
const ROLES = ['Team lead', 'Manager', 'Engineering lead', 'CTO'] as const;
const WAYS = ['by voice', 'on Slack', 'by phone', 'in person'] as const;

/** Somebody has to agree first: who, as what, how, in which words. Going on without is possible and leaves a debt. */
export function ApprovalStep({ step }: { readonly step: Step }) {
  const { state, runbook } = useIncident();
  const need = approvalNeed(state, runbook);
  const [who, setWho] = useState('');
  const [role, setRole] = useState<string>(need.approver === 'manager' ? 'Manager' : 'Team lead');
  const [how, setHow] = useState<string>(WAYS[0]);
  const [words, setWords] = useState('');
  const [without, setWithout] = useState(false);
  return (
    <StepFrame
      step={step}
      title={`Approval: ${ROLE[need.approver]} must agree`}
      primary={{
        label: 'Record the approval',
        explain: 'Only records it. The change comes after.',
        run: () => void act({ kind: 'record-approval', who: who.trim(), role, how, words: words.trim() }),
        blocked: who.trim() === '' ? 'Say who agreed.' : null,
        changes: false,
      }}
      secondary={<Button onClick={() => setWithout(!without)}>Proceed without approval</Button>}
    >
      {need.rule === null ? null : (
        <p className="step__lead measure">
          The runbook says: <q>{need.rule.text}</q>
        </p>
      )}
      {without ? <Without onClose={() => setWithout(false)} /> : null}
      <KnownApprovers
        onChoose={(approver) => {
          setWho(approver.name);
          if (approver.role !== '') setRole(approver.role);
        }}
      />
      <div className="form-grid" data-enter="primary">
        <TextField label="Who agreed" value={who} onText={setWho} autoFocus />
        <ChoiceField label="Role" value={role} options={[...new Set([...ROLES, role])]} onText={setRole} />
        <ChoiceField label="How" value={how} options={WAYS} onText={setHow} />
        <TextField label="Their words" hint='For example: "go ahead, back to v9"' value={words} onText={setWords} />
      </div>
      {step.kind === 'run-rollback-sql' ? <SqlCard /> : <UndoCard step={step} />}
    </StepFrame>
  );
}

/** The part that can be wrong is typed: the end of the service's name, beside the live value. */
function Without({ onClose }: { readonly onClose: () => void }) {
  const { state } = useIncident();
  const { service } = state.declared;
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const fits = typed.trim().length >= 4 && service.toLowerCase().endsWith(typed.trim().toLowerCase());
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

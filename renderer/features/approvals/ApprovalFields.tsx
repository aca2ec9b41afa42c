import { useState } from 'react';
import { approvalNeed } from '#shared/incident/approval-policy.ts';
import type { Approver } from '#shared/settings/settings.ts';
import { act, useIncidentStore } from '../../stores/incident.ts';
import { useFreshSettings } from '../../stores/settings.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { ChoiceField, TextField } from '../../ui/Field.tsx';

const WAYS = ['by voice', 'on Slack', 'by phone', 'in person'] as const;

export interface Approval {
  readonly who: string;
  readonly role: string;
  readonly how: string;
  readonly words: string;
}

/** An approval with nothing filled in but the role. */
export const emptyApproval = (role: string): Approval => ({ who: '', role, how: WAYS[0], words: '' });

interface ApprovalInputsProps {
  readonly approval: Approval;
  readonly onApproval: (approval: Approval) => void;
  readonly roles: readonly string[];
  readonly autoFocus?: boolean;
  readonly wordsHint?: string;
}

/** Who agreed, in which role, how, and in which words. */
export const ApprovalInputs = ({ approval, onApproval, roles, autoFocus = false, wordsHint }: ApprovalInputsProps) => (
  <>
    <TextField
      label="Who agreed"
      value={approval.who}
      onText={(who) => onApproval({ ...approval, who })}
      autoFocus={autoFocus}
    />
    <ChoiceField
      label="Role"
      value={approval.role}
      options={roles}
      onText={(role) => onApproval({ ...approval, role })}
    />
    <ChoiceField label="How" value={approval.how} options={WAYS} onText={(how) => onApproval({ ...approval, how })} />
    <TextField
      label="Their words"
      value={approval.words}
      onText={(words) => onApproval({ ...approval, words })}
      {...(wordsHint === undefined ? {} : { hint: wordsHint })}
    />
  </>
);

const ROLES = ['Team lead', 'Manager', 'Engineering lead', 'CTO'] as const;

/** The fields of an approval and the function that records it. The core adds the time. */
export function useApproval() {
  const { state, runbook } = useIncident();
  const { approver } = approvalNeed(state, runbook);
  const [approval, setApproval] = useState(() => emptyApproval(approver === 'manager' ? 'Manager' : 'Team lead'));
  const { who, role, how, words } = approval;
  const record = (): Promise<boolean> =>
    act({ kind: 'record-approval', who: who.trim(), role, how, words: words.trim() });
  const fields = (
    <>
      <KnownApprovers
        onChoose={(known) => setApproval({ ...approval, who: known.name, role: known.role === '' ? role : known.role })}
      />
      <div className="form-grid" data-enter="primary">
        <ApprovalInputs
          approval={approval}
          onApproval={setApproval}
          roles={[...new Set([...ROLES, role])]}
          autoFocus
          wordsHint='For example: "go ahead, back to v9"'
        />
      </div>
    </>
  );
  return { fields, record, blocked: who.trim() === '' ? 'Say who agreed.' : null };
}

/** The approvers that the settings name for this runbook, one button each. */
function KnownApprovers({ onChoose }: { readonly onChoose: (approver: Approver) => void }) {
  const name = useIncidentStore(({ view }) => view?.runbook.summary.name);
  const settings = useFreshSettings();
  const approvers = settings?.runbooks.find((runbook) => runbook.name === name)?.settings.approvers ?? [];
  if (approvers.length === 0) return null;
  return (
    <div className="row" role="group" aria-label="Known approvers">
      {approvers.map((approver) => (
        <Button key={`${approver.name} ${approver.role}`} onClick={() => onChoose(approver)}>
          {approver.role === '' ? approver.name : `${approver.name}, ${approver.role}`}
        </Button>
      ))}
    </div>
  );
}

/** The approval form with its own button, for use outside the approval step. */
export function ApprovalFields({ onRecorded }: { readonly onRecorded: () => void }) {
  const { fields, record, blocked } = useApproval();
  const send = async (): Promise<void> => {
    if (blocked === null && (await record())) onRecorded();
  };
  return (
    <section className="stack stack--tight" aria-label="Approval">
      {fields}
      <div>
        <Button disabled={blocked !== null} onClick={() => void send()}>
          Record the approval
        </Button>
      </div>
    </section>
  );
}

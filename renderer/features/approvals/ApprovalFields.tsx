import { useState } from 'react';
import { approvalNeed } from '#shared/incident/approval-policy.ts';
import type { Approver } from '#shared/settings/settings.ts';
import { act, useIncidentStore } from '../../stores/incident.ts';
import { useFreshSettings } from '../../stores/settings.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { ChoiceField, TextField } from '../../ui/Field.tsx';

const ROLES = ['Team lead', 'Manager', 'Engineering lead', 'CTO'] as const;
const WAYS = ['by voice', 'on Slack', 'by phone', 'in person'] as const;

/** The fields of an approval and the function that records it. The core adds the time. */
export function useApproval() {
  const { state, runbook } = useIncident();
  const { approver } = approvalNeed(state, runbook);
  const [who, setWho] = useState('');
  const [role, setRole] = useState<string>(approver === 'manager' ? 'Manager' : 'Team lead');
  const [how, setHow] = useState<string>(WAYS[0]);
  const [words, setWords] = useState('');
  const record = (): Promise<boolean> =>
    act({ kind: 'record-approval', who: who.trim(), role, how, words: words.trim() });
  const fields = (
    <>
      <KnownApprovers
        onChoose={(known) => {
          setWho(known.name);
          if (known.role !== '') setRole(known.role);
        }}
      />
      <div className="form-grid" data-enter="primary">
        <TextField label="Who agreed" value={who} onText={setWho} autoFocus />
        <ChoiceField label="Role" value={role} options={[...new Set([...ROLES, role])]} onText={setRole} />
        <ChoiceField label="How" value={how} options={WAYS} onText={setHow} />
        <TextField label="Their words" hint='For example: "go ahead, back to v9"' value={words} onText={setWords} />
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

import type { Approver } from '#shared/settings/settings.ts';
import { useIncidentStore } from '../../stores/incident.ts';
import { useFreshSettings } from '../../stores/settings.ts';
import { Button } from '../../ui/Button.tsx';

/** Those that the settings name for this runbook: one press instead of a name to type. */
export function KnownApprovers({ onChoose }: { readonly onChoose: (approver: Approver) => void }) {
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

import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import './option-card.css';

/** Back to the step that failed; what the branch did stays as it is. */
export function BranchExit() {
  const { taken } = useIncident().state.branches;
  if (taken === null) return null;
  return (
    <Button onClick={() => void act({ kind: 'leave-branch', reason: 'another way was chosen' })}>
      Back to the other ways
    </Button>
  );
}

import type { ReactNode } from 'react';
import { useKeys } from '../../app/keys.ts';
import { useConnection } from '../../stores/connection.ts';
import { useIncidentStore } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { CommandWords } from '../../ui/Command.tsx';
import { useArming } from '../../ui/use-arming.ts';
import { StopControl } from './StopControl.tsx';
import './action-bar.css';

export interface Primary {
  /** Verb and object. */
  readonly label: string;
  readonly explain: ReactNode;
  readonly run: () => void;
  /** What must be filled in first, or null. */
  readonly blocked: string | null;
  /** True for a change: the first press arms the button, the second runs it. */
  readonly changes: boolean;
}

interface ActionBarProps {
  readonly primary: Primary | null;
  readonly status: ReactNode;
  readonly secondary: ReactNode;
}

/** The primary action of the step and Stop, always in the same place. */
export function ActionBar({ primary, status, secondary }: ActionBarProps) {
  return (
    <footer className="actions">
      {primary === null ? (
        <>
          <div className="actions__explain" />
          <div className="actions__main">
            {status}
            {secondary}
          </div>
        </>
      ) : (
        <PrimaryAction key={primary.label} primary={primary} secondary={secondary} />
      )}
      <StopControl />
    </footer>
  );
}

interface PrimaryActionProps {
  readonly primary: Primary;
  readonly secondary: ReactNode;
}

function PrimaryAction({ primary, secondary }: PrimaryActionProps) {
  const { readOnly } = useIncident();
  const sending = useIncidentStore((store) => store.sending !== null);
  const connected = useConnection((connection) => connection.connected);
  const { armed, ready, arm, disarm } = useArming();
  const blocked =
    readOnly !== null
      ? 'This incident can only be read here.'
      : connected
        ? primary.blocked
        : 'No connection to the core.';
  const inert = blocked !== null || sending || (armed && !ready);
  const press = (): void => {
    if (inert) return;
    if (primary.changes && !armed) {
      arm();
      return;
    }
    disarm();
    primary.run();
  };
  useKeys('This step', [
    { keys: 'Enter', label: primary.label, run: press },
    ...(armed ? [{ keys: 'Escape', label: 'Disarm', inFields: true, silent: true, run: disarm }] : []),
  ]);
  return (
    <>
      <p className="actions__explain" id="primary-explains" aria-live="polite">
        {blocked ?? (armed ? <strong>Armed. Enter runs it, Esc puts it back.</strong> : primary.explain)}
      </p>
      <div className="actions__main">
        <Button
          look={armed ? 'armed' : 'primary'}
          shortcut="Enter"
          aria-disabled={inert}
          aria-describedby="primary-explains"
          data-primary=""
          onClick={press}
        >
          <span>
            <CommandWords text={armed ? `Run now: ${primary.label}` : primary.label} />
          </span>
        </Button>
        {secondary}
      </div>
    </>
  );
}

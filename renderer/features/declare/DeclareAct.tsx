import type { ReactNode } from 'react';
import type { MatrixRow } from '#shared/runbook/model.ts';
import { Button } from '../../ui/Button.tsx';
import { SeverityMark } from '../../ui/marks.tsx';

interface DeclareActProps {
  readonly label: string;
  readonly row: MatrixRow | null;
  /** Time left until the target, or that there is none. */
  readonly target: ReactNode;
  /** What must be filled in first, or null. */
  readonly missing: string | null;
  readonly sending: boolean;
  readonly onDeclare: () => void;
  /** Offered when in doubt: the higher row. */
  readonly doubt: ReactNode;
}

/** The button that declares, and what it will do. */
export function DeclareAct({ label, row, target, missing, sending, onDeclare, doubt }: DeclareActProps) {
  return (
    <footer className="screen__act declare__act">
      <Button look="primary" shortcut="Enter" aria-disabled={missing !== null || sending} onClick={onDeclare}>
        {label}
      </Button>
      <p role="status" className="declare__says">
        {row === null || missing !== null ? (
          missing
        ) : (
          <>
            <SeverityMark severity={row.severity} /> <span>{row.action}</span>
            <span className="tabular strong">{target}</span>
          </>
        )}
      </p>
      {doubt}
    </footer>
  );
}

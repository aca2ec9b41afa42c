import { useState } from 'react';
import type { MatrixRow } from '#shared/runbook/model.ts';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/Field.tsx';
import { SeverityMark } from '../../ui/marks.tsx';
import '../alternatives/alternatives.css';

/** The current severity, and a dialog to choose another row of the matrix, which changes severity and target. */
export function SeverityControl() {
  const { state, readOnly } = useIncident();
  const [open, setOpen] = useState(false);
  const may = state.resolvedAt === null && readOnly === null;
  useKeys(
    'Incident',
    may ? [{ keys: 'v', label: 'Severity: another row of the matrix', run: () => setOpen(true) }] : [],
  );
  return (
    <span className="row">
      <SeverityMark severity={state.severity} />
      {may ? (
        <Button look="quiet" shortcut="V" aria-label="Change the severity" onClick={() => setOpen(true)}>
          Change
        </Button>
      ) : null}
      {open ? <RowDialog onClose={() => setOpen(false)} /> : null}
    </span>
  );
}

/** A lower severity needs a reason, a higher one does not. */
function RowDialog({ onClose }: { readonly onClose: () => void }) {
  const { state, runbook } = useIncident();
  const [reason, setReason] = useState('');
  const why = reason.trim();
  const take = (row: MatrixRow): void => {
    onClose();
    void act({ kind: 'choose-row', line: row.line, reason: why });
  };
  const known = new Set(runbook.matrix.rows.map(({ severity }) => severity));
  const others = (['P0', 'P1', 'P2', 'P3'] as const).filter((each) => each !== state.severity && !known.has(each));
  return (
    <Dialog title="Which row matches now?" onClose={onClose}>
      <p className="soft">
        Severity and target change together; the clock keeps its start. In doubt, take the higher one. To lower it, give
        a reason first.
      </p>
      <TextField label="Reason" value={reason} onText={setReason} />
      <div className="ways" role="group" aria-label="Rows of the matrix">
        {runbook.matrix.rows.map((row, index) => {
          const holds = row.line === state.row?.line && row.severity === state.severity;
          return (
            <button
              key={row.line}
              type="button"
              className="way row-choice"
              data-first-focus={index === 0 ? '' : undefined}
              disabled={holds || (row.severity > state.severity && why === '')}
              onClick={() => take(row)}
            >
              <SeverityMark severity={row.severity} />
              <span className="strong">{row.condition}</span>
              <span className="way__risk">
                {row.action}, {row.target.text}
                {holds ? ' (holds now)' : ''}
              </span>
            </button>
          );
        })}
        {others.map((to) => (
          <Button
            key={to}
            disabled={to > state.severity && why === ''}
            onClick={() => {
              onClose();
              void act({ kind: 'change-severity', to, reason: why });
            }}
          >
            Change severity to {to}: the matrix has no row of it, the target stays
          </Button>
        ))}
      </div>
    </Dialog>
  );
}

import { useState } from 'react';
import { durationText } from '#shared/words/duration.ts';
import type { Step } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { ApprovalInputs, emptyApproval } from '../approvals/ApprovalFields.tsx';
import { StepFrame } from '../steps/StepFrame.tsx';
import { StepMaterial } from '../steps/StepMaterial.tsx';
import '../alternatives/alternatives.css';

const ROLES = ['Manager', 'Engineering lead', 'CTO', 'Team lead'] as const;

/** Chooses the moment for a point-in-time restore, with its own approval and the loss stated. */
export function RestoreStep({ step }: { readonly step: Step }) {
  const { restore } = useIncident().state.branches;
  const now = useIncidentNow();
  const [moment, setMoment] = useState('');
  const [approval, setApproval] = useState(() => emptyApproval(ROLES[0]));
  const [without, setWithout] = useState(false);
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  if (restore === null) return null;
  const { window, project, problem } = restore;
  const { who, role, how, words } = approval;
  const to = Date.parse(`${moment.trim().replace(' ', 'T').replace(/z$/i, '')}Z`);
  const inside = window !== null && to >= window.from && to <= window.until;
  const agreed = without
    ? reason.trim() !== '' && typed.trim().length >= 4 && project.endsWith(typed.trim())
    : who.trim() !== '' && words.trim() !== '';
  const blocked =
    window === null
      ? `No moment can be restored: ${problem ?? ''}.`
      : !inside
        ? 'Give a moment (UTC) inside of what can be restored.'
        : agreed
          ? null
          : without
            ? `Say why, and type the end of ${project}.`
            : 'Say who agreed to this alone, and in which words.';
  const choose = (): void =>
    void act({
      kind: 'choose-restore',
      stepId: step.id,
      to,
      who: without ? '' : who.trim(),
      role,
      how,
      words: words.trim(),
      reason: without ? reason.trim() : '',
      typed: typed.trim(),
    });
  return (
    <StepFrame
      step={step}
      title={step.title}
      primary={{
        label: 'Go back to this moment',
        explain: 'Only records it. The restore comes after.',
        run: choose,
        blocked,
        changes: false,
      }}
      secondary={
        <Button onClick={() => setWithout(!without)}>
          {without ? 'Record an approval' : 'Proceed without approval'}
        </Button>
      }
    >
      <section className="notice notice--bad" aria-label="What is lost">
        <p className="strong">
          {inside
            ? `LOST: everything written in the last ${durationText(Math.max(0, now - to))}.`
            : 'Everything written after that moment is lost.'}
        </p>
        <p>
          The project {project} is down while it runs. It has succeeded only when the project is up and a query answers.
        </p>
        {window === null ? null : (
          <p className="tabular">
            Can be restored: {utc(window.from)} to {utc(window.until)} (UTC).
          </p>
        )}
      </section>
      <div className="form-grid" data-enter="primary">
        <TextField
          label="Back to which moment (UTC)"
          placeholder="2025-10-13 09:50:00"
          value={moment}
          onText={setMoment}
          autoFocus
        />
        {without ? (
          <>
            <TextField label="Why without approval" value={reason} onText={setReason} />
            <TextField label={`Type the end of ${project}`} value={typed} onText={setTyped} />
          </>
        ) : (
          <ApprovalInputs approval={approval} onApproval={setApproval} roles={ROLES} />
        )}
      </div>
      <StepMaterial step={step} />
    </StepFrame>
  );
}

const utc = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

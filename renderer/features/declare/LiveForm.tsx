import { type ReactNode, useState } from 'react';
import type { OpenRunbook } from '#shared/api/calls.ts';
import { declarationOf } from '#shared/incident/declaration.ts';
import { probeProblem, usualProbe } from '#shared/incident/symptom-probe.ts';
import type { MatrixRow } from '#shared/runbook/model.ts';
import { serviceProblem } from '#shared/runbook/services.ts';
import { useKeys } from '../../app/keys.ts';
import { go } from '../../app/route.ts';
import { get, newIntentId } from '../../stores/core.ts';
import { useTick } from '../../stores/tick.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { duration, remaining } from '../../ui/time.ts';
import { LastProvenOf } from '../drills/LastProven.tsx';
import { DeclareAct } from './DeclareAct.tsx';
import { DetectedAt } from './DetectedAt.tsx';
import { HigherRow } from './HigherRow.tsx';
import { type Detected, detectedMoment } from './detected-at.ts';
import { MatrixRows } from './MatrixRows.tsx';
import { ProvidersNote } from './ProvidersNote.tsx';
import { ProbeChoice } from './ProbeChoice.tsx';
import { CHOOSE_FIRST, useRowChoice } from './row-choice.ts';
import { ServiceChoice } from './ServiceChoice.tsx';
import { isInRunbook, SEVERITY_ROWS } from './without-matrix.ts';

interface LiveFormProps {
  readonly runbook: OpenRunbook;
  /** Shows the runbook and lets a person choose another. */
  readonly choice: ReactNode;
}

export function LiveForm({ runbook, choice }: LiveFormProps) {
  const rows = runbook.model.matrix.rows.length === 0 ? SEVERITY_ROWS : runbook.model.matrix.rows;
  const { services } = runbook.model.settings;
  const [row, setRow] = useRowChoice(rows);
  const [detected, setDetected] = useState<Detected>({ kind: 'ago', minutes: 0 });
  const [service, setService] = useState(services[0]?.id ?? '');
  const [typedProbe, setTypedProbe] = useState<string | null>(null);
  const [typedTitle, setTypedTitle] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const condition = row !== null && isInRunbook(row) ? row.condition : '';
  const title = typedTitle ?? condition;
  const probe = (typedProbe ?? usualProbe(runbook.model, service)).trim();
  const missing =
    whatIsMissing(row, detected, title) ??
    serviceProblem(runbook.model, service.trim()) ??
    probeProblem(runbook.model, service, probe);
  const declare = async (): Promise<void> => {
    const detectedAt = detectedMoment(detected, Date.now());
    if (row === null || detectedAt === null || missing !== null || sending) return;
    setSending(true);
    const declared = await get('incident.declare', {
      intentId: newIntentId(),
      runbook: runbook.summary.hash,
      ...declarationOf(runbook.model, {
        matched: {
          severity: row.severity,
          condition: condition || title.trim(),
          ...(isInRunbook(row) ? { line: row.line } : {}),
        },
        title,
        service,
        detectedAt,
        probe,
      }),
    });
    setSending(false);
    if (declared !== null) go({ screen: 'incident', id: declared.incidentId });
  };
  useKeys('Declare', [{ keys: 'Enter', label: 'Declare', run: () => void declare() }]);
  return (
    <main className="screen declare">
      <header className="screen__head">
        <h1>Declare an incident</h1>
        <p className="soft">Which row matches? In doubt, take the higher one: severity can be changed later.</p>
        <Button shortcut="Esc" onClick={() => go({ screen: 'home' })}>
          Home
        </Button>
      </header>
      <div className="declare__top">
        {choice}
        <ProvidersNote runbook={runbook.model} />
      </div>
      <MatrixRows rows={rows} chosen={row} onChoose={setRow} />
      <div className="declare__details" data-enter="primary">
        <DetectedAt detected={detected} onDetected={setDetected} />
        <TextField label="Title" value={title} maxLength={200} onText={setTypedTitle} />
        <ServiceChoice services={services} chosen={service} onChoose={setService} />
        <ProbeChoice runbook={runbook.model} address={typedProbe ?? probe} onAddress={setTypedProbe} />
      </div>
      {row === null ? null : <LastProvenOf runbook={runbook.summary.hash} only={row.procedures.slice(0, 1)} />}
      <DeclareAct
        label={
          row === null ? 'Declare' : `Declare ${row.severity}${service.trim() === '' ? '' : ` on ${service.trim()}`}`
        }
        row={row}
        target={row === null ? null : <TargetLeft row={row} detected={detected} />}
        missing={missing}
        sending={sending}
        onDeclare={() => void declare()}
        doubt={<HigherRow rows={rows} chosen={row} onChoose={setRow} />}
      />
    </main>
  );
}

function whatIsMissing(row: MatrixRow | null, detected: Detected, title: string): string | null {
  if (row === null) return CHOOSE_FIRST;
  if (detectedMoment(detected, Date.now()) === null) return 'The time of detection is not a time: write it as 03:12.';
  return title.trim() === '' ? 'Say in the title what is wrong.' : null;
}

interface TargetLeftProps {
  readonly row: MatrixRow;
  readonly detected: Detected;
}

/** Time left until the target if declared now. A component of its own, so that only it renders every second. */
function TargetLeft({ row, detected }: TargetLeftProps) {
  const now = useTick(1_000);
  const moment = detectedMoment(detected, now);
  if (row.target.ms === null) return `No clock: ${row.target.text}`;
  return moment === null ? null : `Target ${duration(row.target.ms)}, ${remaining(row.target.ms - (now - moment))}`;
}

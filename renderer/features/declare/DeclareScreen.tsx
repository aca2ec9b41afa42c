import { useState } from 'react';
import type { OpenRunbook } from '#shared/contract/calls.ts';
import type { MatrixRow } from '#shared/runbook/model.ts';
import { useKeys } from '../../app/keys.ts';
import { go } from '../../app/route.ts';
import { get, newIntentId } from '../../stores/core.ts';
import { useDefaultRunbook } from '../../stores/overview.ts';
import { useTick } from '../../stores/tick.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { SeverityMark } from '../../ui/marks.tsx';
import { duration, remaining } from '../../ui/time.ts';
import { DetectedAt } from './DetectedAt.tsx';
import { type Detected, detectedMoment } from './detected-at.ts';
import { MatrixRows } from './MatrixRows.tsx';
import './declare.css';

export function DeclareScreen() {
  const runbook = useDefaultRunbook();
  if (runbook === null) {
    return (
      <main className="screen">
        <h1>Declare an incident</h1>
        <p role="status">The runbook is being read.</p>
      </main>
    );
  }
  return <DeclareForm runbook={runbook} />;
}

function DeclareForm({ runbook }: { readonly runbook: OpenRunbook }) {
  const { rows } = runbook.model.matrix;
  const { services } = runbook.model.settings;
  const [row, setRow] = useState<MatrixRow | null>(null);
  const [detected, setDetected] = useState<Detected>({ kind: 'ago', minutes: 0 });
  const [service, setService] = useState(services[0]?.id ?? '');
  const [typedTitle, setTypedTitle] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const now = useTick(1_000);
  const title = typedTitle ?? row?.condition ?? '';
  const moment = detectedMoment(detected, now);
  const missing = whatIsMissing(row, moment, service, title);
  const declare = async (): Promise<void> => {
    if (row === null || moment === null || missing !== null || sending) return;
    setSending(true);
    const declared = await get('incident.declare', {
      intentId: newIntentId(),
      runbook: runbook.summary.hash,
      severity: row.severity,
      rowLine: row.line,
      title: title.trim().slice(0, 200),
      symptom: row.condition,
      service,
      detectedAt: detectedMoment(detected, Date.now()) ?? moment,
    });
    setSending(false);
    if (declared !== null) go({ screen: 'incident', id: declared.incidentId });
  };
  useKeys('Declare', [
    { keys: 'Enter', label: 'Declare', run: () => void declare() },
    ...rows.slice(0, 10).map((each, index) => ({
      keys: String((index + 1) % 10),
      label: `Choose: ${each.severity} ${each.condition}`,
      run: () => setRow(each),
    })),
  ]);
  return (
    <main className="screen declare">
      <header className="screen__head">
        <h1>Declare an incident</h1>
        <p className="soft">Which row matches? In doubt, take the higher one: severity can be changed later.</p>
        <Button shortcut="Esc" onClick={() => go({ screen: 'home' })}>
          Home
        </Button>
      </header>
      <MatrixRows rows={rows} chosen={row} onChoose={setRow} />
      <div className="declare__details" data-enter="primary">
        <DetectedAt detected={detected} onDetected={setDetected} moment={moment} now={now} />
        <TextField label="Title" value={title} maxLength={200} onText={setTypedTitle} />
        {services.length === 0 ? (
          <TextField label="Service (Fly app name)" value={service} onText={setService} />
        ) : (
          <fieldset className="field">
            <legend className="field__label">Service</legend>
            <div className="chips">
              {services.map((each) => (
                <label className="chip" key={each.id}>
                  <input
                    type="radio"
                    name="service"
                    checked={service === each.id}
                    onChange={() => setService(each.id)}
                  />
                  {each.id}
                </label>
              ))}
            </div>
          </fieldset>
        )}
      </div>
      <footer className="declare__act">
        <Button
          look="primary"
          shortcut="Enter"
          aria-disabled={missing !== null || sending}
          onClick={() => void declare()}
        >
          {row === null ? 'Declare' : `Declare ${row.severity} on ${service}`}
        </Button>
        <p role="status" className="declare__says">
          {row === null || moment === null || missing !== null ? (
            missing
          ) : (
            <>
              <SeverityMark severity={row.severity} /> <span>{row.action}</span>
              <span className="tabular strong">{targetText(row, now - moment)}</span>
            </>
          )}
        </p>
      </footer>
    </main>
  );
}

function whatIsMissing(row: MatrixRow | null, moment: number | null, service: string, title: string): string | null {
  if (row === null) return 'Choose a row first: press its number.';
  if (moment === null) return 'The time of detection is not a time: write it as 03:12.';
  if (service.trim() === '') return 'Name the service.';
  return title.trim() === '' ? 'Give it a title.' : null;
}

/** The sum done for the reader: what is left of the target if it is declared now. */
function targetText(row: MatrixRow, elapsedMs: number): string {
  if (row.target.ms === null) return `No clock: ${row.target.text}`;
  return `Target ${duration(row.target.ms)}: ${remaining(row.target.ms - elapsedMs)}`;
}

import { useState } from 'react';
import type { OpenRunbook } from '#shared/api/calls.ts';
import { useKeys } from '../../app/keys.ts';
import { type DrillSetting, go } from '../../app/route.ts';
import { get, newIntentId } from '../../stores/core.ts';
import { useOverview } from '../../stores/overview.ts';
import { Button } from '../../ui/Button.tsx';
import { KindTag } from '../../ui/marks.tsx';
import { duration } from '../../ui/time.ts';
import { DeclareAct } from './DeclareAct.tsx';
import { HigherRow } from './HigherRow.tsx';
import { MatrixRows } from './MatrixRows.tsx';
import { CHOOSE_FIRST, useRowChoice } from './row-choice.ts';

interface DrillFormProps {
  readonly drill: DrillSetting;
  readonly runbook: OpenRunbook;
}

/** Declares a drill. The scenario sets title, service and time; the person chooses the row from the symptom. */
export function DrillForm({ drill, runbook }: DrillFormProps) {
  const { rows } = runbook.model.matrix;
  const scenarios = useOverview((state) => state.scenarios);
  const scenario = scenarios?.find(({ name }) => name === drill.scenario);
  const [row, setRow] = useRowChoice(rows);
  const [sending, setSending] = useState(false);
  const declare = async (): Promise<void> => {
    if (row === null || sending) return;
    setSending(true);
    const started = await get('drill.start', { intentId: newIntentId(), ...drill, rowLine: row.line });
    setSending(false);
    if (started !== null) go({ screen: 'incident', id: started.incidentId });
  };
  useKeys('Declare', [{ keys: 'Enter', label: 'Declare the drill', run: () => void declare() }]);
  return (
    <main className="screen declare">
      <header className="screen__head">
        <KindTag kind="drill" />
        <h1>Declare the drill</h1>
        <p className="soft">Simulated tools{drill.speed === 1 ? ', real time' : `, ${drill.speed} times as fast`}.</p>
        <Button shortcut="Esc" onClick={() => go({ screen: 'drill' })}>
          Scenarios
        </Button>
      </header>
      <section className="noticed" aria-labelledby="noticed-title">
        <h2 id="noticed-title" className="small soft">
          What is noticed
        </h2>
        <p className="noticed__text">
          {scenario?.symptom ??
            (scenarios === null ? 'The scenario is being read.' : `There is no scenario "${drill.scenario}".`)}
        </p>
        <p className="soft">Which row matches? In doubt, take the higher one.</p>
      </section>
      <MatrixRows rows={rows} chosen={row} onChoose={setRow} />
      <DeclareAct
        label={row === null ? 'Declare the drill' : `Declare the drill as ${row.severity}`}
        row={row}
        target={row?.target.ms == null ? `No clock: ${row?.target.text ?? ''}` : `Target ${duration(row.target.ms)}`}
        missing={row === null ? CHOOSE_FIRST : null}
        sending={sending}
        onDeclare={() => void declare()}
        doubt={<HigherRow rows={rows} chosen={row} onChoose={setRow} />}
      />
    </main>
  );
}

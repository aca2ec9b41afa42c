import { useState } from 'react';
import type { ScenarioSummary } from '#shared/api/calls.ts';
import { useKeys } from '../../app/keys.ts';
import { go } from '../../app/route.ts';
import { useBundledRunbook, useOverview } from '../../stores/overview.ts';
import { Button, Key } from '../../ui/Button.tsx';
import { OutcomeWord } from '../../ui/marks.tsx';
import { DrillAgain } from '../drills/DrillAgain.tsx';
import { DrillHistory, DrillTrend } from '../drills/DrillHistory.tsx';
import { DrillSchedule } from '../drills/DrillSchedule.tsx';
import { LastProven } from '../drills/LastProven.tsx';
import { RealToolsForm } from '../drills/RealToolsForm.tsx';
import { useDrillBook } from '../drills/use-drill-book.ts';
import '../drills/drills.css';
import './home.css';

const SPEEDS = [
  { speed: 1, text: 'Real time: the targets mean what they say' },
  { speed: 10, text: '10 times as fast' },
  { speed: 60, text: '60 times as fast: a minute a second' },
] as const;

/** How many scenarios have a key. */
const KEYED = 9;

/** Scenarios that succeed come first: the procedure is practiced before its failures. */
const inOrder = (scenarios: readonly ScenarioSummary[]): readonly ScenarioSummary[] =>
  scenarios.toSorted((a, b) => Number(b.expected === 'verified') - Number(a.expected === 'verified'));

export function DrillScreen() {
  const scenarios = inOrder(useOverview((state) => state.scenarios) ?? []);
  const runbook = useBundledRunbook();
  const book = useDrillBook();
  const [picked, setPicked] = useState<string | null>(null);
  const [speed, setSpeed] = useState<number>(1);
  const scenario = scenarios.find(({ name }) => name === picked) ?? scenarios[0];
  const start = (): void => {
    if (scenario !== undefined) go({ screen: 'declare', drill: { scenario: scenario.name, speed } });
  };
  useKeys('Drill', [
    { keys: 'Enter', label: 'Start the drill', run: start },
    ...scenarios.slice(0, KEYED).map(({ name, title }, index) => ({
      keys: String(index + 1),
      label: `Choose: ${title}`,
      run: () => setPicked(name),
    })),
  ]);
  return (
    <main className="screen stack drill">
      <header className="screen__head">
        <h1>Run a drill</h1>
        <Button shortcut="Esc" onClick={() => go({ screen: 'home' })}>
          Home
        </Button>
      </header>
      {book === null ? null : <DrillTrend book={book} />}
      <div className="drills__layout">
        <fieldset className="stack stack--tight drills__scenarios">
          <legend className="field__label">Scenario</legend>
          {scenarios.map(({ name, title, expected }, index) => (
            <label className="choice" key={name}>
              <input type="radio" name="scenario" checked={name === scenario?.name} onChange={() => setPicked(name)} />
              {index < KEYED ? <Key>{String(index + 1)}</Key> : null}
              <span className="choice__text">
                <span className="strong">{title}</span>
                <span className="soft small">{name}</span>
              </span>
              <span className="small row">
                expected: <OutcomeWord outcome={expected} />
              </span>
            </label>
          ))}
        </fieldset>
        <div className="drills__side stack">
          <div className="drills__part stack">
            <fieldset className="stack stack--tight">
              <legend className="field__label">Speed</legend>
              <div className="chips">
                {SPEEDS.map((option) => (
                  <label className="chip" key={option.speed}>
                    <input
                      type="radio"
                      name="speed"
                      checked={speed === option.speed}
                      onChange={() => setSpeed(option.speed)}
                    />
                    {option.text}
                  </label>
                ))}
              </div>
            </fieldset>
            <Button look="primary" shortcut="Enter" disabled={scenario === undefined} onClick={start}>
              Start the drill
            </Button>
            <p className="soft small">
              Next you are told what a person would notice, and declare it. Simulated tools; no message leaves this
              machine.
            </p>
          </div>
          <DrillAgain speed={speed} />
          {runbook === null ? null : <RealToolsForm runbook={runbook} />}
          {book === null ? null : <DrillSchedule book={book} />}
        </div>
      </div>
      {book === null ? null : (
        <>
          <DrillHistory book={book} />
          <section className="drills__part stack stack--tight" aria-labelledby="proven-title">
            <h2 id="proven-title">Last proven</h2>
            <LastProven book={book} />
          </section>
        </>
      )}
    </main>
  );
}

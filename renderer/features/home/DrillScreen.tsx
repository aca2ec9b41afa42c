import { useState } from 'react';
import { useKeys } from '../../app/keys.ts';
import { go } from '../../app/route.ts';
import { useOverview } from '../../stores/overview.ts';
import { Button, Key } from '../../ui/Button.tsx';
import { OutcomeWord } from '../../ui/marks.tsx';
import './home.css';

const SPEEDS = [
  { speed: 1, text: 'Real time: the targets mean what they say' },
  { speed: 10, text: '10 times as fast' },
  { speed: 60, text: '60 times as fast: a minute a second' },
] as const;

export function DrillScreen() {
  const scenarios = useOverview((state) => state.scenarios) ?? [];
  const [picked, setPicked] = useState<string | null>(null);
  const [speed, setSpeed] = useState<number>(1);
  const scenario = scenarios.find(({ name }) => name === picked) ?? scenarios[0];
  const start = (): void => {
    if (scenario !== undefined) go({ screen: 'declare', drill: { scenario: scenario.name, speed } });
  };
  useKeys('Drill', [
    { keys: 'Enter', label: 'Start the drill', run: start },
    ...scenarios.slice(0, 9).map(({ name, title }, index) => ({
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
      <fieldset className="stack stack--tight">
        <legend className="field__label">Scenario</legend>
        {scenarios.map(({ name, title, expected }, index) => (
          <label className="choice" key={name}>
            <input type="radio" name="scenario" checked={name === scenario?.name} onChange={() => setPicked(name)} />
            <Key>{String(index + 1)}</Key>
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
      <div className="row">
        <Button look="primary" shortcut="Enter" disabled={scenario === undefined} onClick={start}>
          Start the drill
        </Button>
        <span className="soft">
          Next you are told what a person would notice, and declare it. Simulated tools; no message leaves this machine.
        </span>
      </div>
    </main>
  );
}

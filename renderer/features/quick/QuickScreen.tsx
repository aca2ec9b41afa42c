import { useEffect, useState } from 'react';
import type { OpenRunbook } from '#shared/api/calls.ts';
import { versionOf } from '#shared/incident/quick.ts';
import { serviceProblem } from '#shared/runbook/services.ts';
import { useKeys } from '../../app/keys.ts';
import { go } from '../../app/route.ts';
import { ask, newIntentId } from '../../stores/core.ts';
import { tell } from '../../stores/notices.ts';
import { useBundledRunbook, useDefaultRunbook, useOverview } from '../../stores/overview.ts';
import { Button } from '../../ui/Button.tsx';
import { ChoiceField, TextField } from '../../ui/Field.tsx';
import { ServiceChoice } from '../declare/ServiceChoice.tsx';
import { QuickReleases } from './QuickReleases.tsx';
import './quick.css';

/** As in the action bar: an armed button ignores presses for this long, so that a double press does not run it. */
const ARMING_MS = 350;
const LIVE = 'Live: the real service';

/** Quick rollback: two fields, then a P0 that needs no approval and owes the team a notification. */
export function QuickScreen() {
  const liveRunbook = useDefaultRunbook();
  const bundledRunbook = useBundledRunbook();
  const scenarios = useOverview((state) => state.scenarios) ?? [];
  const [picked, setPicked] = useState<string | null>(null);
  const [versionText, setVersionText] = useState('');
  const [mode, setMode] = useState(LIVE);
  const [armed, setArmed] = useState<'no' | 'arming' | 'ready'>('no');
  const [sending, setSending] = useState(false);
  const version = versionOf(versionText);
  const scenario = scenarios.find(({ name }) => mode === `Drill: ${name}`);
  const runbook = scenario === undefined ? liveRunbook : bundledRunbook;
  const services = runbook?.model.settings.services ?? [];
  const service = (picked ?? services[0]?.id ?? '').trim();
  const missing = whatIsMissing(runbook, service, versionText, version);
  useEffect(() => {
    if (armed !== 'arming') return undefined;
    const timer = setTimeout(() => setArmed('ready'), ARMING_MS);
    return () => clearTimeout(timer);
  }, [armed]);
  const start = async (): Promise<void> => {
    if (runbook === null || version === null) return;
    setSending(true);
    const answer = await ask('quick.start', {
      intentId: newIntentId(),
      runbook: runbook.summary.hash,
      service,
      version,
      drill: scenario === undefined ? null : { scenario: scenario.name, speed: 1 },
    });
    setSending(false);
    setArmed('no');
    if (!answer.ok) {
      tell(answer.error);
      return;
    }
    go({ screen: 'incident', id: answer.value.incidentId });
    if (answer.value.problem !== null) tell(answer.value.problem);
  };
  const press = (): void => {
    if (missing !== null || sending || armed === 'arming') return;
    if (armed === 'no') setArmed('arming');
    else void start();
  };
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T): void => {
      setArmed('no');
      set(value);
    };
  useKeys('Quick rollback', [{ keys: 'Enter', label: 'Roll back now', run: press }]);
  const label = missing === null ? `Roll ${service} back to v${version}` : 'Roll back';
  return (
    <main className={scenario === undefined ? 'screen stack quick' : 'screen stack quick quick--drill'}>
      <header className="screen__head">
        <h1>Quick rollback</h1>
        <p className="soft">A P0 from two fields. The release list is read first; telling the team stays owed.</p>
        <Button shortcut="Esc" onClick={() => go({ screen: 'home' })}>
          Home
        </Button>
      </header>
      <div className="quick__fields" data-enter="primary">
        <ServiceChoice services={services} chosen={picked ?? service} onChoose={change(setPicked)} />
        <TextField
          label="Version"
          placeholder="v9"
          value={versionText}
          maxLength={10}
          autoFocus
          onText={change(setVersionText)}
        />
        <ChoiceField
          label="On"
          value={mode}
          options={[LIVE, ...scenarios.map(({ name }) => `Drill: ${name}`)]}
          onText={(chosen) => {
            // A drill may play another runbook, with other services.
            setPicked(null);
            change(setMode)(chosen);
          }}
        />
      </div>
      <p className="small soft">
        {runbook === null
          ? 'The runbook is being read.'
          : `Runbook: ${scenario === undefined ? runbook.summary.title : 'the bundled one, on simulated tools'}.`}{' '}
        Proof and report as ever. A version that is not in the list, or was found bad, is not deployed.
      </p>
      <div className="row">
        <Button
          look={armed === 'no' ? 'primary' : 'armed'}
          shortcut="Enter"
          aria-disabled={missing !== null || sending || armed === 'arming'}
          data-primary=""
          onClick={press}
        >
          {sending ? 'Reading the releases' : armed === 'no' ? label : `Run now: ${label}`}
        </Button>
        <span role="status">
          {missing ?? (armed === 'no' ? 'Enter arms it, Enter again runs it.' : 'Armed. Enter runs it.')}
        </span>
      </div>
      {/* Below the button, which must not move when the list arrives. */}
      {runbook === null || service === '' ? null : (
        <QuickReleases
          key={`${runbook.summary.hash} ${service} ${mode}`}
          runbook={runbook.summary.hash}
          service={service}
          scenario={scenario?.name ?? null}
          version={version}
          onChoose={(chosen) => change(setVersionText)(`v${chosen}`)}
        />
      )}
    </main>
  );
}

function whatIsMissing(
  runbook: OpenRunbook | null,
  service: string,
  text: string,
  version: number | null,
): string | null {
  if (runbook === null) return 'The runbook is being read.';
  if (service === '') return 'Name the service.';
  if (text.trim() === '') return 'Name the version to go back to.';
  if (version === null) return `"${text}" is not a version: write it as v9 or 9.`;
  return serviceProblem(runbook.model, service);
}

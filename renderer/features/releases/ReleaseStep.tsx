import { nameIn, releaseName } from '#shared/platforms/release-name.ts';
import { useState } from 'react';
import type { PayloadOf } from '#shared/incident/event.ts';
import type { Step } from '#shared/runbook/model.ts';
import { platformOf } from '#shared/runbook/services.ts';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Key } from '../../ui/Button.tsx';
import { Mark } from '../../ui/marks.tsx';
import { dateTime } from '../../ui/time.ts';
import { SecondServiceWay } from './SecondServiceWay.tsx';
import { StepFrame } from '../steps/StepFrame.tsx';
import { StepMaterial } from '../steps/StepMaterial.tsx';
import './releases.css';

type Verdict = PayloadOf<'releases.read'>['verdicts'][number];

const VERDICT = {
  proposed: { shape: 'solid', tone: 'proven', word: 'proposed' },
  possible: { shape: 'hollow', tone: 'person', word: 'possible' },
  unknown: { shape: 'hollow-slash', tone: 'caution', word: 'unknown, clocks differ' },
  bad: { shape: 'cross', tone: 'bad', word: 'bad in this incident' },
} as const;

/** A release that was never in service did no harm in this incident, but there is nothing to go back to. */
const INCOMPLETE = { shape: 'hollow-slash', tone: 'caution', word: 'never complete' } as const;

/** Chooses the release to go back to. The proposed one is preselected; a bad one has no key, only its radio button. */
export function ReleaseStep({ step }: { readonly step: Step }) {
  const { state, runbook } = useIncident();
  const read = state.releases;
  const [picked, setPicked] = useState<number | null>(null);
  const [immediate, setImmediate] = useState(false);
  const verdicts = [...(read?.verdicts ?? [])].sort((a, b) => b.version - a.version);
  const choosable = verdicts.filter(({ verdict }) => verdict !== 'bad');
  const version = picked ?? read?.proposed ?? null;
  const chosen = verdicts.find((each) => each.version === version);
  useKeys('Releases', [
    ...choosable.slice(0, 9).map((each, index) => ({
      keys: String(index + 1),
      label: `Choose ${nameIn(read?.releases, each.version)}`,
      run: () => setPicked(each.version),
    })),
  ]);
  if (read === null) return null;
  return (
    <StepFrame
      step={step}
      title={step.title}
      primary={{
        label: chosen === undefined ? 'Choose a release' : `Go back to ${nameIn(read.releases, chosen.version)}`,
        explain:
          chosen?.verdict === 'bad' ? `Take care: ${chosen.why}` : 'Records the choice. Nothing is deployed yet.',
        run: () =>
          void (chosen && act({ kind: 'choose-release', stepId: step.id, version: chosen.version, immediate })),
        blocked: chosen === undefined ? 'No release is proposed. Choose one yourself.' : null,
        changes: false,
      }}
    >
      {read.proposed === null ? (
        <p className="notice notice--caution">
          <span>
            <strong>Nothing is proposed.</strong>{' '}
            {read.clocks === undefined
              ? 'Every complete release runs now or was in service since the problem was detected.'
              : `${read.clocks} Compare the releases with what you know.`}
          </span>
        </p>
      ) : null}
      <fieldset className="releases">
        <legend className="sr-only">Releases of {state.declared.service}, newest first</legend>
        {verdicts.map((each) => (
          <ReleaseRow
            key={each.version}
            verdict={each}
            release={read.releases.find((release) => release.version === each.version)}
            running={isRunning(read, each.version)}
            number={choosable.indexOf(each) + 1}
            checked={each.version === version}
            onPick={() => setPicked(each.version)}
          />
        ))}
      </fieldset>
      {platformOf(runbook, state.declared.service) === 'generic' ? null : (
        <label className="row">
          <input type="checkbox" checked={immediate} onChange={(event) => setImmediate(event.target.checked)} />
          <span>
            Replace all machines at once <span className="soft small">(only when the service is down anyway)</span>
          </span>
        </label>
      )}
      <SecondServiceWay step={step} />
      <StepMaterial step={step} />
    </StepFrame>
  );
}

/** On Fly by the version of the machines; elsewhere by what makes two releases the same. */
function isRunning({ running, releases }: PayloadOf<'releases.read'>, version: number): boolean {
  const release = releases.find((each) => each.version === version);
  return release?.label === undefined
    ? running.some((image) => image.version === version)
    : running.some(({ image }) => image === release.image);
}

interface ReleaseRowProps {
  readonly verdict: Verdict;
  readonly release: PayloadOf<'releases.read'>['releases'][number] | undefined;
  readonly running: boolean;
  /** The key that chooses it; 0 for a bad release, which has none. */
  readonly number: number;
  readonly checked: boolean;
  readonly onPick: () => void;
}

function ReleaseRow({ verdict, release, running, number, checked, onPick }: ReleaseRowProps) {
  const neverComplete = verdict.verdict === 'bad' && !running && release !== undefined && release.status !== 'complete';
  const name = releaseName(release ?? verdict);
  const look = neverComplete ? INCOMPLETE : VERDICT[verdict.verdict];
  return (
    <label className={`release release--${verdict.verdict}`}>
      <input type="radio" name="release" checked={checked} onChange={onPick} aria-label={`${name}, ${look.word}`} />
      {number > 0 ? <Key>{String(number)}</Key> : <span />}
      <span className="release__version">{name}</span>
      <span className="release__mark">
        <Mark {...look} />
        {running ? <span className="small strong">running now</span> : null}
      </span>
      <span className="release__why">
        {verdict.why}
        {release === undefined ? null : (
          <span className="soft small">
            {release.description} · {release.status} · {release.user} ·{' '}
            <span className="nowrap tabular">
              {release.createdAt === null ? 'time not known' : dateTime(release.createdAt)}
            </span>
          </span>
        )}
      </span>
    </label>
  );
}

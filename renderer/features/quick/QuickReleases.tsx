import { useEffect, useState } from 'react';
import type { QuickRelease } from '#shared/api/quick-calls.ts';
import { ask } from '../../stores/core.ts';
import { Mark } from '../../ui/marks.tsx';
import { dateTime } from '../../ui/time.ts';

interface QuickReleasesProps {
  /** Hash of the runbook. */
  readonly runbook: string;
  readonly service: string;
  /** The scenario of a drill; null: live. */
  readonly scenario: string | null;
  readonly version: number | null;
  readonly onChoose: (version: number) => void;
}

type Listed = readonly QuickRelease[] | 'reading' | 'unknown';

/** Typing pauses this long before the releases of a service are read. */
const PAUSE_MS = 400;

/** The releases of one service, to choose from by pressing one. Without them the version is typed. */
export function QuickReleases({ runbook, service, scenario, version, onChoose }: QuickReleasesProps) {
  const [listed, setListed] = useState<Listed>('reading');
  useEffect(() => {
    let wanted = true;
    const read = async (): Promise<void> => {
      const answer = await ask('quick.releases', { runbook, service, scenario });
      if (wanted) setListed(answer.ok ? (answer.value ?? 'unknown') : 'unknown');
    };
    const timer = setTimeout(() => void read(), PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [runbook, service, scenario]);
  if (listed === 'reading') return <p className="soft small">Reading the releases of {service}.</p>;
  if (listed === 'unknown')
    return <p className="soft small">The releases of {service} cannot be read now. Type the version.</p>;
  return (
    <ul className="boxed-list quick__releases" aria-label={`Releases of ${service}`}>
      {listed.slice(0, SHOWN).map((release) => (
        <li key={release.version}>
          <button
            type="button"
            className="quick__release"
            aria-pressed={release.version === version}
            disabled={release.verdict === 'bad'}
            onClick={() => onChoose(release.version)}
          >
            <span className="strong tabular">v{release.version}</span>
            <Mark {...LOOK[release.verdict]} />
            <span className="small">{release.why}</span>
            <span className="soft small tabular nowrap">{dateTime(release.createdAt)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

const SHOWN = 8;

const LOOK = {
  proposed: { shape: 'solid', tone: 'proven', word: 'proposed' },
  possible: { shape: 'hollow', tone: 'plain', word: 'possible' },
  bad: { shape: 'cross', tone: 'bad', word: 'not possible' },
  unknown: { shape: 'hollow-slash', tone: 'caution', word: 'unknown, clocks differ' },
} as const;

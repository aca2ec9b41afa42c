import { useEffect } from 'react';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import { isAbandoned } from '#shared/drills/left-as.ts';
import { listedTitle } from '#shared/drills/listed-title.ts';
import { useKeys } from '../../app/keys.ts';
import { go, writeRoute } from '../../app/route.ts';
import { loadIncidents, useDefaultRunbook, useOverview } from '../../stores/overview.ts';
import { useTick } from '../../stores/tick.ts';
import { ReviewBadge } from '../reference/ReviewBadge.tsx';
import { Button, Key } from '../../ui/Button.tsx';
import { DueDrillCard } from './DueDrillCard.tsx';
import { HistoryTable } from './HistoryTable.tsx';
import { LoginShell } from '../settings/LoginShell.tsx';
import { ReadinessCard } from './ReadinessCard.tsx';
import { ResumeList } from './ResumeList.tsx';
import { TakeOver } from '../handover/TakeOver.tsx';
import './home.css';
import { begunAt } from '#shared/drills/held-at.ts';
import { count } from '#shared/words/count.ts';
import { dateTime, duration } from '../../ui/time.ts';
import { EndUnattended } from './EndUnattended.tsx';
import { useDrillBook } from '../drills/use-drill-book.ts';

const STARTS = [
  {
    keys: 'D',
    screen: 'declare',
    title: 'Declare an incident',
    text: 'Pick the row that matches. The clock starts from when it was detected.',
  },
  {
    keys: 'Q',
    screen: 'quick',
    title: 'Quick rollback',
    text: 'Service and version, then go. A P0 that tells the team afterwards.',
  },
  {
    keys: 'R',
    screen: 'drill',
    title: 'Run a drill',
    text: 'The same steps with simulated tools. Nothing real is touched.',
  },
  {
    keys: 'F',
    screen: 'reference',
    title: 'Reference',
    text: 'The whole runbook, with search. Contacts are one key away: C.',
  },
] as const;

function begin(screen: (typeof STARTS)[number]['screen']): void {
  switch (screen) {
    case 'declare':
      return go({ screen, drill: null });
    case 'drill':
    case 'quick':
      return go({ screen });
    case 'reference':
      return go({ screen, section: null });
  }
}

const rank = ({ handedOver, kind }: IncidentSummary): number =>
  (handedOver === null ? 0 : 2) + (kind === 'live' ? 0 : 1);

export function HomeScreen() {
  const info = useOverview((overview) => overview.info);
  const incidents = useOverview((overview) => overview.incidents);
  // Reloaded on focus: a process that died does not announce that it released its incidents.
  useEffect(() => {
    const ask = (): void => void loadIncidents();
    ask();
    window.addEventListener('focus', ask);
    return () => window.removeEventListener('focus', ask);
  }, []);
  const runbook = useDefaultRunbook();
  // Incidents handed over to another machine come last.
  const now = useTick(60_000);
  const open = (incidents ?? []).filter((incident) => incident.status === 'open');
  const abandoned = open.filter((incident) => isAbandoned(incident, now));
  // Live incidents come first.
  const active = open.filter((incident) => !abandoned.includes(incident)).toSorted((a, b) => rank(a) - rank(b));
  const past = (incidents ?? []).filter((incident) => incident.status !== 'open');
  useKeys('Home', [
    ...STARTS.map((start) => ({ keys: start.keys.toLowerCase(), label: start.title, run: () => begin(start.screen) })),
    { keys: 'b', label: 'Runbooks', run: () => go({ screen: 'runbooks' }) },
    { keys: 'a', label: 'Readiness', run: () => go({ screen: 'readiness' }) },
    ...active.slice(0, 9).map((incident, index) => ({
      keys: String(index + 1),
      label: `Resume: ${listedTitle(incident)}`,
      run: () => go({ screen: 'incident', id: incident.id }),
    })),
    ...active.slice(0, 1).map((incident) => ({
      keys: 'Enter',
      label: `Resume: ${listedTitle(incident)}`,
      silent: true,
      run: () => go({ screen: 'incident', id: incident.id }),
    })),
  ]);
  return (
    <main className="screen home">
      <header className="screen__head">
        <h1>Rollbook</h1>
        <p className="soft small">{info === null ? 'Reading the data folder' : `${info.operator} · ${info.folder}`}</p>
        <nav className="row" aria-label="Preparation">
          <TakeOver />
          <Button shortcut="A" onClick={() => go({ screen: 'readiness' })}>
            Readiness
          </Button>
          <Button shortcut="B" onClick={() => go({ screen: 'runbooks' })}>
            Runbooks
          </Button>
          <Button shortcut="," onClick={() => go({ screen: 'settings' })}>
            Settings
          </Button>
        </nav>
      </header>
      {info?.readOnly == null || info.emergency !== undefined ? null : (
        <p className="notice notice--bad" role="alert">
          Nothing can be saved: {info.readOnly}. Only reading is possible.
        </p>
      )}
      {(info?.damage ?? []).map(({ message, advice }) => (
        <p key={message} className="notice notice--bad" role="alert">
          {message} {advice}
        </p>
      ))}
      {info?.shell === undefined || (info.shell.state === 'read' && info.shell.problem === null) ? null : (
        <div className="notice notice--bad">
          <LoginShell view={info.shell} />
        </div>
      )}
      {(info?.troubles ?? []).map((trouble) => (
        <p key={trouble} className="notice notice--bad" role="alert">
          {trouble}
        </p>
      ))}
      {active.length > 0 ? <ResumeList incidents={active} /> : null}
      <nav className="starts" aria-label="Start">
        {STARTS.map((start, index) => (
          <button
            key={start.screen}
            type="button"
            className={index === 0 ? 'button-card start start--first' : 'button-card start'}
            aria-keyshortcuts={start.keys}
            onClick={() => begin(start.screen)}
          >
            <span className="start__title">
              {start.title} <Key>{start.keys}</Key>
            </span>
            <span>{start.text}</span>
          </button>
        ))}
      </nav>
      <ReviewBadge runbook={runbook} />
      <div className="cards">
        <ReadinessCard />
        <DueDrillCard />
      </div>
      <Statistics />
      <HistoryTable incidents={past} loading={incidents === null} />
      <AbandonedDrills incidents={abandoned} />
      <p className="soft small home__foot">
        <span>
          <Key>?</Key> keyboard map
        </span>
        <span>
          <Key>Ctrl+K</Key> all actions
        </span>
        <span>
          <Key>C</Key> contacts
        </span>
        {info === null ? null : <span className="home__version">Rollbook {info.version}</span>}
      </p>
    </main>
  );
}

/** Drills that were left open hours ago, folded away: they are not what a person came for. */
export function AbandonedDrills({ incidents }: { readonly incidents: readonly IncidentSummary[] }) {
  if (incidents.length === 0) return null;
  return (
    <details className="abandoned">
      <summary>{count(incidents.length, 'abandoned drill')}</summary>
      <ul className="stack stack--tight">
        {incidents.map((incident) => (
          <li key={incident.id} className="card__line">
            <a href={writeRoute({ screen: 'incident', id: incident.id })}>{listedTitle(incident)}</a>
            <span className="soft small tabular nowrap">since {dateTime(begunAt(incident))}</span>
            <EndUnattended incident={incident} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** One line about the live incidents of this machine. */
export function Statistics() {
  const book = useDrillBook();
  if (book === null) return null;
  const { incidents, open, targetsMet, targetsMissed, medianMitigationMs, medianContainedMs } = book.statistics;
  const judged = targetsMet + targetsMissed;
  return (
    <p className="soft small" role="note" aria-label="Statistics of live incidents">
      Live incidents: {incidents}
      {open > 0 ? `, ${open} open` : ''}. Targets met:{' '}
      {judged === 0 ? 'none to meet yet' : `${targetsMet} of ${judged}`}. Median mitigation:{' '}
      {medianMitigationMs === null ? 'none yet' : duration(medianMitigationMs)}
      {medianContainedMs === null ? '' : `, until contained: ${duration(medianContainedMs)}`}. Drills do not count.
    </p>
  );
}

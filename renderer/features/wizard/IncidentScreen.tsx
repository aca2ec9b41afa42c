/** The wizard: fixed places around one current step. Everything on it is derived from the incident's events. */
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { withSeenEnds } from '#shared/incident/running-command.ts';
import { handedOverText } from '#shared/incident/topics/handover.ts';
import { safeToShow } from '#shared/words/visible.ts';
import { Contacts } from '../../app/Contacts.tsx';
import { usePanel } from '../../app/panel.ts';
import { useKeys } from '../../app/keys.ts';
import { go } from '../../app/route.ts';
import { useIncidentStore, whyReadOnly } from '../../stores/incident.ts';
import { useTools } from '../../stores/tools.ts';
import { IncidentContext, useIncident, useOpened } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { Announcer } from './Announcer.tsx';
import { Centre } from './Centre.tsx';
import { ChecklistCard } from './ChecklistCard.tsx';
import { EvidenceCard } from './EvidenceList.tsx';
import { Obligations } from './Obligations.tsx';
import { FollowUpReminder } from './FollowUps.tsx';
import { HandOver } from './HandOver.tsx';
import { LiveToolsContext, toolsNeeded } from './live-tools.ts';
import { Objection } from './Objection.tsx';
import { Rail } from './Rail.tsx';
import { ReadOnlyBar } from './ReadOnlyBar.tsx';
import { RowWays } from './RowWays.tsx';
import { SymptomCard } from './SymptomCard.tsx';
import { TimelinePane } from './TimelinePane.tsx';
import { TopStrip } from './TopStrip.tsx';
import { StorageHealthBar } from './StorageHealthBar.tsx';
import './wizard.css';

export function IncidentScreen({ id }: { readonly id: string }) {
  const opened = useOpened(id);
  if (!opened) {
    return (
      <main className="screen stack">
        <p role="status">The incident is being opened.</p>
        <div>
          <Button onClick={() => go({ screen: 'home' })}>Home</Button>
        </div>
      </main>
    );
  }
  return (
    <IncidentProvider>
      <Wizard />
    </IncidentProvider>
  );
}

/** Needs the incident to be open in the store. */
export function IncidentProvider({ children }: { readonly children: ReactNode }) {
  const { view, events, timeline, state, ended } = useIncidentStore();
  const incident = useMemo(
    () =>
      view === null || state === null
        ? null
        : {
            id: view.summary.id,
            view,
            events,
            timeline,
            state: withSeenEnds(state, ended),
            runbook: view.runbook.model,
            readOnly: whyReadOnly(view) ?? handedOverText(state),
          },
    [view, events, timeline, state, ended],
  );
  if (incident === null) {
    return (
      <main className="screen stack">
        <p>The declaration of this incident was purged: nothing can be shown but its report.</p>
      </main>
    );
  }
  return <IncidentContext value={incident}>{children}</IncidentContext>;
}

function Wizard() {
  const { id, state, runbook } = useIncident();
  const { kind } = state.declared;
  const [found, lookAgain] = useTools(toolsNeeded(state, runbook));
  const tools = useMemo(() => ({ found, lookAgain }), [found, lookAgain]);
  const contacts = usePanel((panel) => panel.open === 'contacts');
  const [looking, setLooking] = useState<string | null>(null);
  useEffect(() => {
    document.title = `${kind === 'drill' ? 'DRILL' : 'LIVE'} ${safeToShow(state.declared.title, 'leave-out')} - Rollbook`;
    return () => {
      document.title = 'Rollbook';
    };
  }, [kind, state.declared.title]);
  useKeys('Incident', [
    { keys: 'p', label: 'Report preview', run: () => go({ screen: 'report', id }) },
    { keys: 'f', label: 'Reference', run: () => go({ screen: 'reference', section: null }) },
    { keys: 'h', label: 'Home (the incident stays open)', run: () => go({ screen: 'home' }) },
  ]);
  return (
    <LiveToolsContext value={tools}>
      <div className={`wizard wizard--${kind}`}>
        <TopStrip />
        <ReadOnlyBar />
        <StorageHealthBar />
        <div className="wizard__body">
          <Rail looking={looking} onLook={setLooking} />
          <Centre looking={looking} onLook={setLooking} />
          <aside className="side" aria-label="Timeline and reminders">
            <Obligations />
            <FollowUpReminder />
            <RowWays />
            <ChecklistCard />
            <EvidenceCard />
            <SymptomCard />
            <TimelinePane />
            {contacts ? <Contacts /> : null}
          </aside>
        </div>
        <HandOver />
        <Objection />
        <Announcer />
      </div>
    </LiveToolsContext>
  );
}

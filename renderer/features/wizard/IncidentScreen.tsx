/** The wizard: the current step, and everything else in fixed places around it. */
import { useMemo, useState } from 'react';
import { Contacts } from '../../app/Contacts.tsx';
import { usePanel } from '../../app/panel.ts';
import { useKeys } from '../../app/keys.ts';
import { go } from '../../app/route.ts';
import { useTools } from '../../stores/tools.ts';
import { IncidentProvider } from '../../stores/IncidentProvider.tsx';
import { useIncident, useOpened } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { TargetAnnouncer } from '../clocks/TargetAnnouncer.tsx';
import { CurrentStep } from './CurrentStep.tsx';
import { EvidenceCard } from '../evidence/EvidenceList.tsx';
import { HandOver } from '../handover/HandOver.tsx';
import { LiveToolsContext, toolsNeeded } from '../tools/MissingTools.tsx';
import { Objection } from '../timeline/Objection.tsx';
import { IncidentStrip } from '../picture/IncidentStrip.tsx';
import { ProcedureRail } from './ProcedureRail.tsx';
import { ReadOnlyBar } from './ReadOnlyBar.tsx';
import { RowProcedures } from '../procedures/RowProcedures.tsx';
import { StillToDo } from './StillToDo.tsx';
import { SymptomCard } from '../symptom/SymptomCard.tsx';
import { TimelinePane } from '../timeline/TimelinePane.tsx';
import { TopStrip } from './TopStrip.tsx';
import { StorageHealthBar } from './StorageHealthBar.tsx';
import { WatchSounds } from '../watch/WatchSounds.tsx';
import { WindowTitle } from './WindowTitle.tsx';
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

function Wizard() {
  const { id, state, runbook } = useIncident();
  const { kind } = state.declared;
  const [found, lookAgain] = useTools(toolsNeeded(state, runbook));
  const tools = useMemo(() => ({ found, lookAgain }), [found, lookAgain]);
  const contacts = usePanel((panel) => panel.open === 'contacts');
  const [looking, setLooking] = useState<string | null>(null);
  useKeys('Incident', [
    { keys: 'p', label: 'Report preview', run: () => go({ screen: 'report', id }) },
    { keys: 'f', label: 'Reference', run: () => go({ screen: 'reference', section: null }) },
    { keys: 'h', label: 'Home (the incident stays open)', run: () => go({ screen: 'home' }) },
  ]);
  return (
    <LiveToolsContext value={tools}>
      <div className={`wizard wizard--${kind}`}>
        <TopStrip />
        <IncidentStrip id={id} />
        <ReadOnlyBar />
        <StorageHealthBar />
        <div className="wizard__body">
          <ProcedureRail looking={looking} onLook={setLooking} />
          <CurrentStep looking={looking} onLook={setLooking} />
          <aside className="side" aria-label="Timeline and reminders">
            <div className="side__cards">
              <StillToDo />
              <RowProcedures />
              <EvidenceCard />
              <SymptomCard />
            </div>
            <TimelinePane />
            {contacts ? <Contacts /> : null}
          </aside>
        </div>
        <HandOver />
        <Objection />
        <TargetAnnouncer />
        <WindowTitle />
        <WatchSounds />
      </div>
    </LiveToolsContext>
  );
}

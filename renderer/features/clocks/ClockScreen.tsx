/** The compact clock of the desktop's small always-on-top window, readable from a distance. */
import { useEffect } from 'react';
import { currentStep } from '#shared/incident/next-action.ts';
import { safeToShow } from '#shared/words/visible.ts';
import { IncidentProvider } from '../../stores/IncidentProvider.tsx';
import { useIncident, useOpened } from '../../stores/use-incident.ts';
import { KindTag, SeverityMark } from '../../ui/marks.tsx';
import { MitigationClock, StabilityClock } from './Clocks.tsx';
import './clock-screen.css';

export function ClockScreen({ id }: { readonly id: string }) {
  const opened = useOpened(id);
  if (!opened) {
    return (
      <main className="compact">
        <p role="status">The incident is being opened.</p>
      </main>
    );
  }
  return (
    <IncidentProvider>
      <CompactClock />
    </IncidentProvider>
  );
}

function CompactClock() {
  const { state, runbook } = useIncident();
  const { kind, service, title } = state.declared;
  const step = state.resolvedAt === null ? currentStep(state, runbook) : null;
  useEffect(() => {
    document.title = `${kind === 'drill' ? 'DRILL' : 'LIVE'} ${safeToShow(title, 'leave-out')} - Rollbook clock`;
  }, [kind, title]);
  return (
    <main className={`compact compact--${kind}`}>
      <p className="compact__what">
        <KindTag kind={kind} />
        <SeverityMark severity={state.severity} />
        <span className="mono strong compact__service">{service}</span>
      </p>
      <div className="compact__clocks">
        <MitigationClock />
        <StabilityClock />
      </div>
      <p className="compact__step">{state.resolvedAt === null ? (step?.title ?? 'No step is open') : 'Resolved'}</p>
    </main>
  );
}

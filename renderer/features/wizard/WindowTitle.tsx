import { useEffect } from 'react';
import { mitigationClock, stabilityClock } from '#shared/incident/clocks.ts';
import { safeToShow } from '#shared/words/visible.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { titleOf } from './window-title.ts';

/** Clock, state and incident in the title of window and tab, for a person who looks elsewhere. */
export function WindowTitle() {
  const { state } = useIncident();
  const now = useIncidentNow();
  const { kind, title } = state.declared;
  const text = titleOf(state, mitigationClock(state, now), stabilityClock(state, now));
  const whole = `${kind === 'drill' ? 'DRILL' : 'LIVE'} ${text === '' ? '' : `${text} · `}${safeToShow(title, 'leave-out')} - Rollbook`;
  useEffect(() => {
    document.title = whole;
  }, [whole]);
  useEffect(
    () => () => {
      document.title = 'Rollbook';
    },
    [],
  );
  return null;
}

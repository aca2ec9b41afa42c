/** An incident as the shell sees it, made from its events. */
import { obligations } from '#shared/incident/obligations.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { WatchedIncident } from '../../../electron/desktop/incident-feed.ts';
import type { IncidentEvents } from '../../fixtures/incident-events.ts';
import { RUNBOOK } from '../../fixtures/runbook-model.ts';

export const MINUTE = 60_000;

export function watched(events: IncidentEvents, now: number, id = 'I1'): WatchedIncident {
  const state = reduce(events.events);
  if (state === null) throw new Error('The events begin with no declaration.');
  return {
    id,
    state,
    now,
    stepTitle: (stepId) => `Step ${stepId}`,
    obligations: obligations(state, RUNBOOK).filter(({ paid }) => paid === null),
  };
}

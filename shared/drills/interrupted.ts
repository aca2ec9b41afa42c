import type { IncidentSummary } from '../contract/calls.ts';

/** Open, and no living Rollbook works on it: left, or its process died. Somebody goes on with it, or ends it. */
export const isInterrupted = ({
  status,
  attended,
  handedOver,
}: Pick<IncidentSummary, 'status' | 'attended' | 'handedOver'>): boolean =>
  status === 'open' && !attended && handedOver === null;

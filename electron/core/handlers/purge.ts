import type { Rows } from './handler.ts';

export const PURGE: Rows<'incident.purge-plan' | 'incident.purge'> = {
  'incident.purge-plan': ({ purges }, { incidentId }) => purges.plan(incidentId),
  'incident.purge': async ({ purges, operator }, { incidentId, ...asked }) =>
    await purges.purge(incidentId, asked, operator),
};

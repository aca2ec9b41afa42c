import type { Rows } from './table.ts';

export const DRILLS: Rows<'drill.scenarios' | 'drill.start'> = {
  'drill.scenarios': ({ drills }) => drills.scenarios(),
  'drill.start': async ({ drills, operator }, { intentId, scenario, speed, rowLine }) => ({
    incidentId: await drills.start({ scenario, speed, rowLine, actor: operator, intentId }),
  }),
};

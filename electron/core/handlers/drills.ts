import type { Rows } from './handler.ts';

export const DRILLS: Rows<'drill.scenarios' | 'drill.start' | 'drill.start-real' | 'drill.book'> = {
  'drill.scenarios': ({ drills }) => drills.scenarios(),
  'drill.book': ({ drills }, { runbook }) => drills.book(runbook),
  'drill.start-real': async ({ drills, operator }, args) => ({
    incidentId: await drills.startReal({ ...args, actor: operator }),
  }),
  'drill.start': async ({ drills, operator }, { intentId, scenario, speed, rowLine }) => ({
    incidentId: await drills.start({ scenario, speed, rowLine, actor: operator, intentId }),
  }),
};

import type { Rows } from './handler.ts';

export const HANDOVER: Rows<'handover.give' | 'handover.take'> = {
  'handover.give': ({ handovers, operator }, { incidentId, path, to, reason }) =>
    handovers.give(incidentId, { path, to, reason }, operator),

  'handover.take': ({ handovers, operator }, { path, trust, reason }) =>
    handovers.take(path, { trust, reason }, operator),
};

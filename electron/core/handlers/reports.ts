import type { Rows } from './table.ts';

export const REPORTS: Rows<'report.preview' | 'report.export'> = {
  'report.preview': ({ reports }, { incidentId }) => reports.preview(incidentId),
  'report.export': async ({ reports, operator }, { incidentId, path }) =>
    await reports.export(incidentId, path, operator),
};

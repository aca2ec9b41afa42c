import type { Rows } from './handler.ts';

export const REPORTS: Rows<'report.preview' | 'report.paste' | 'report.export' | 'report.export-folder'> = {
  'report.preview': ({ reports }, { incidentId }) => reports.preview(incidentId),
  'report.paste': ({ reports }, { incidentId, into }) => reports.paste(incidentId, into),
  'report.export': async ({ reports, operator }, { incidentId, path, format }) =>
    await reports.export(incidentId, path, operator, format),
  'report.export-folder': async ({ reports, operator }, { incidentId, path }) =>
    await reports.exportFolder(incidentId, path, operator),
};

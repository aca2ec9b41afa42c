import type { IncidentSummary } from '../api/incident-summary.ts';

/** The title for lists. All drills of a matrix row have the row's title, so the scenario is added. */
export const listedTitle = ({ title, scenario }: Pick<IncidentSummary, 'title' | 'scenario'>): string =>
  scenario === null ? title : `${scenario}: ${title}`;

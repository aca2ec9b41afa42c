import type { IncidentSummary } from '../contract/incident-summary.ts';

/** Every drill of a matrix row has that row's title; in a list the scenario tells them apart. */
export const listedTitle = ({ title, scenario }: Pick<IncidentSummary, 'title' | 'scenario'>): string =>
  scenario === null ? title : `${scenario}: ${title}`;

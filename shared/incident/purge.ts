/** What is typed to ask for a purge. */

/** Letters of an id that a person types: its beginning is the time, which others share. */
const TYPED = 6;

export const purgeWord = (incidentId: string): string => incidentId.slice(-TYPED);

/** The last six letters, or the whole id. */
export const isPurgeTyped = (incidentId: string, typed: string): boolean =>
  [purgeWord(incidentId), incidentId].includes(typed.trim().toUpperCase());

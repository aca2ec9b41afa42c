import type { Migration } from './migration.ts';

/** Runs and captures are in the events. A second copy in tables could differ from them after a crash. */
export const eventsAlone: Migration = {
  version: 7,
  name: 'events-alone',
  sql: `
DROP TABLE runs;
DROP TABLE evidence;
`,
};

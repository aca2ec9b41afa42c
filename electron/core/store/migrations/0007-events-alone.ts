import type { Migration } from './migration.ts';

/** What ran, and what was captured, stands in the events. A second place for it could say something else after a crash. */
export const eventsAlone: Migration = {
  version: 7,
  name: 'events-alone',
  sql: `
DROP TABLE runs;
DROP TABLE evidence;
`,
};

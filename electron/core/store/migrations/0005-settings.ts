import type { Migration } from './migration.ts';

export const settings: Migration = {
  version: 5,
  name: 'settings',
  sql: `
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
`,
};

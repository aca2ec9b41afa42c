/** Every migration in order. A new one gets the next number, a file of its own, and a line here. */
import { runbooks } from './0001-runbooks.ts';
import { incidents } from './0002-incidents.ts';
import { events } from './0003-events.ts';
import { runsAndEvidence } from './0004-runs-and-evidence.ts';
import { settings } from './0005-settings.ts';
import { search } from './0006-search.ts';
import { eventsAlone } from './0007-events-alone.ts';
import type { Migration } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [
  runbooks,
  incidents,
  events,
  runsAndEvidence,
  settings,
  search,
  eventsAlone,
];

/** The handlers of the API, one for each call. A call without a handler does not compile. */
import type { CallName } from '#shared/api/calls.ts';
import { APP } from './app.ts';
import { INCIDENTS } from './incidents.ts';
import { RUNS } from './runs.ts';
import { RUNBOOKS } from './runbooks.ts';
import { REPORTS } from './reports.ts';
import { DRILLS } from './drills.ts';
import type { Rows } from './handler.ts';

export const HANDLERS: Rows<CallName> = {
  ...APP,
  ...INCIDENTS,
  ...DRILLS,
  ...RUNBOOKS,
  ...RUNS,
  ...REPORTS,
};

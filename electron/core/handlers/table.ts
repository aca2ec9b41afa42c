/** The contract's handlers: one row a call, as the contract has one. The compiler refuses a call without a row. */
import type { CallName } from '#shared/contract/calls.ts';
import { APP } from './app.ts';
import { HANDOVER } from './handover.ts';
import { INCIDENTS } from './incidents.ts';
import { RUNS } from './runs.ts';
import { RUNBOOKS } from './runbooks.ts';
import { REPORTS } from './reports.ts';
import { READINESS } from './readiness.ts';
import { DRILLS } from './drills.ts';
import { NOTIFICATIONS } from './notifications.ts';
import { PROVIDERS } from './providers.ts';
import { SETTINGS } from './settings.ts';
import { TOOLS } from './tools.ts';
import { PURGE } from './purge.ts';
import { QUICK } from './quick.ts';
import { SEARCH } from './search.ts';
import { CHECK } from './check.ts';
import type { Rows } from './handler.ts';

export const HANDLERS: Rows<CallName> = {
  ...APP,
  ...INCIDENTS,
  ...HANDOVER,
  ...PURGE,
  ...DRILLS,
  ...RUNBOOKS,
  ...RUNS,
  ...REPORTS,
  ...READINESS,
  ...TOOLS,
  ...NOTIFICATIONS,
  ...CHECK,
  ...QUICK,
  ...PROVIDERS,
  ...SETTINGS,
  ...SEARCH,
};

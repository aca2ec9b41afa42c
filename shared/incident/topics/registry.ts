/**
 * The rules of every kind of event, by topic. A kind needs a row here in its topic and a schema; without both it does
 * not compile.
 */
import type { EventKind } from '../event.ts';
import { APPROVALS } from './approvals.ts';
import { BRANCHES } from './branches.ts';
import { DATABASE } from './database.ts';
import { FOLLOW_UPS } from './follow-ups.ts';
import { HANDOVER } from './handover.ts';
import { INCIDENT } from './incident.ts';
import { MAINTENANCE } from './maintenance.ts';
import { MESSAGES } from './messages.ts';
import { PURGE } from './purge.ts';
import { REFERENCE } from './reference.ts';
import { RELEASES } from './releases.ts';
import { REPORT } from './report.ts';
import { RUNS } from './runs.ts';
import { STEPS } from './steps.ts';
import { WATCH } from './watch.ts';
import type { Topic } from './topic.ts';

export const EVENT_RULES: Topic<EventKind> = {
  ...INCIDENT,
  ...APPROVALS,
  ...RUNS,
  ...STEPS,
  ...RELEASES,
  ...MAINTENANCE,
  ...WATCH,
  ...FOLLOW_UPS,
  ...MESSAGES,
  ...REPORT,
  ...REFERENCE,
  ...DATABASE,
  ...BRANCHES,
  ...HANDOVER,
  ...PURGE,
};

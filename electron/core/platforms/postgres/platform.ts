import type { Platform } from '../platform.ts';
import { connect } from './connection.ts';
import { sessionMonitor } from './session-monitor.ts';

/** PostgreSQL: `db=NAME` sets the connection, and the session on the server is monitored. */
export const postgres: Platform = { tools: ['psql'], connect, monitor: sessionMonitor };

import type { Platform } from '../platform.ts';
import { connect } from './connection.ts';
import { sessionMonitor } from './session-monitor.ts';

export const postgres: Platform = { tools: ['psql'], connect, monitor: sessionMonitor };

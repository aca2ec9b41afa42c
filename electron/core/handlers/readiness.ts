import type { Rows } from './handler.ts';

export const READINESS: Rows<'readiness.read'> = {
  'readiness.read': ({ readiness }, { runbook, only }) => readiness.read(runbook, only),
};

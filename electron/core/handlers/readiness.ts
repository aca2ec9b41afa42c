import type { Rows } from './table.ts';

export const READINESS: Rows<'readiness.read'> = {
  'readiness.read': ({ readiness }, { runbook, only }) => readiness.read(runbook, only),
};

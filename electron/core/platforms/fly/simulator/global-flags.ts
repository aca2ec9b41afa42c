import type { Flag } from './flags.ts';

/** Flags every command takes. */
export const GLOBAL_FLAGS: readonly Flag[] = [
  { name: 'access-token', short: 't', takes: 'string' },
  { name: 'debug', takes: 'nothing' },
  { name: 'help', short: 'h', takes: 'nothing' },
  { name: 'verbose', takes: 'nothing' },
];

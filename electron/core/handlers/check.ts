import type { Rows } from './handler.ts';

export const CHECK: Rows<'check.run' | 'check.fix' | 'check.approve-program'> = {
  'check.run': ({ checks }, { hash, again }) => checks.check(hash, again),
  'check.approve-program': ({ checks, operator }, { hash, ...program }) => checks.approve(hash, program, operator),
  'check.fix': ({ checks }, { hash }) => checks.fix(hash),
};

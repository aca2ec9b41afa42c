import type { Rows } from './table.ts';

export const TRUTH: Rows<'truth.check' | 'truth.fix'> = {
  'truth.check': ({ truth }, { hash, again }) => truth.check(hash, again),
  'truth.fix': ({ truth }, { hash }) => truth.fix(hash),
};

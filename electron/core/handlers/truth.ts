import type { Rows } from './handler.ts';

export const TRUTH: Rows<'truth.check' | 'truth.fix' | 'truth.approve'> = {
  'truth.check': ({ truth }, { hash, again }) => truth.check(hash, again),
  'truth.approve': ({ truth, operator }, { hash, ...program }) => truth.approve(hash, program, operator),
  'truth.fix': ({ truth }, { hash }) => truth.fix(hash),
};

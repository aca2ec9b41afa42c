import { describe, expect, it } from 'vitest';
import { saysNo } from '#shared/incident/checklist.ts';

describe('an answer to what somebody sees', () => {
  it.each([
    'no',
    'No',
    ' NO. ',
    'n',
    'nope',
    'not yet',
    'no, 503 on /orders',
    'no - still down',
    'false',
    'not done: no access',
  ])('%s says no', (typed) => expect(saysNo(typed)).toBe(true));
  it.each([
    'no errors in the logs',
    'yes',
    'none',
    'nobody has to be asked',
    'normal',
    '0 errors',
    'No. 3 answers',
    'not many errors',
    'no-one complains',
  ])('%s says what was seen', (typed) => expect(saysNo(typed)).toBe(false));
});

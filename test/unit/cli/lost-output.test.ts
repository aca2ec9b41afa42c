import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { mindLostOutput } from '../../../electron/cli/lost-output.ts';

it.each([
  ['export', 'EPIPE', [0], ''],
  ['run', 'EPIPE', [3], 'Nobody reads the output any more'],
  ['export', 'EIO', [3], 'Nobody reads the output any more'],
  ['export', 'ENOSPC', [4], 'the disk is full'],
  ['run', 'EDQUOT', [4], 'the quota of this user is used up'],
  // A server has its windows; only its log is lost.
  ['serve', 'EPIPE', [], ''],
  ['serve', 'ENOSPC', [], ''],
])('%s after %s ends with %j and "%s"', (command, code, expected, said) => {
  const out = new EventEmitter();
  let text = '';
  const err = Object.assign(new EventEmitter(), { write: (part: string) => (text += part) });
  const ended: number[] = [];
  mindLostOutput(command, out, err, (exit) => ended.push(exit));
  out.emit('error', Object.assign(new Error('write'), { code }));
  err.emit('error', Object.assign(new Error('write'), { code: 'EPIPE' }));
  expect(ended).toEqual(expected);
  expect(text).toContain(said);
  if (said === '') expect(text).toBe('');
});

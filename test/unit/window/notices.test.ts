import { beforeEach, describe, expect, it } from 'vitest';
import { dismissNotices, tell, useNotices, withdraw } from '../../../renderer/stores/notices.ts';

const failure = (message: string) => ({ code: 'not-allowed', message }) as const;
const shown = (): readonly string[] => useNotices.getState().notices.map(({ message }) => message);

describe('notices', () => {
  beforeEach(dismissNotices);

  it('show a repeated failure once, as the newest', () => {
    for (const message of ['first', 'second', 'first']) tell(failure(message));
    expect(shown()).toEqual(['second', 'first']);
  });

  it('are taken back one by one, or all', () => {
    for (const message of ['first', 'second', 'third']) tell(failure(message));
    withdraw(failure('second'));
    expect(shown()).toEqual(['first', 'third']);
    dismissNotices();
    expect(shown()).toEqual([]);
  });
});

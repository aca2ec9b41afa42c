import { describe, expect, it } from 'vitest';
import { type Decision, ending, quitQuestion, watchQuestion } from '../../../electron/desktop/ending.ts';
import { keepAwake } from '../../../electron/desktop/keep-awake.ts';

describe('the question before the app ends', () => {
  it('is not asked when nothing runs', () => {
    expect(quitQuestion([], 'linux')).toBeNull();
  });

  it('names the commands and what becomes of them; the safe answer is the first', () => {
    const question = quitQuestion(['fly deploy --image a'], 'linux');
    expect(question?.message).toBe('A changing command is still running.');
    expect(question?.detail).toContain('fly deploy --image a');
    expect(question?.detail).toContain('go on without Rollbook');
    expect(question?.buttons[0]).toEqual({ label: 'Keep Rollbook open', means: 'stay' });
    expect(question?.buttons.at(-1)).toEqual({ label: 'Quit, leave them running', means: 'quit' });
    expect(quitQuestion(['a', 'b'], 'linux')?.message).toBe('2 changing commands are still running.');
    expect(quitQuestion(['a'], 'win32')?.detail).toContain('cannot follow them again');
  });
});

describe('the question while a watch is under way', () => {
  const meanings = (asked: 'close' | 'quit') => watchQuestion(1, asked)?.buttons.map(({ means }) => means);

  it('lets the window go without the watch, and never by Enter or Escape', () => {
    expect(watchQuestion(0, 'close')).toBeNull();
    expect(meanings('close')).toEqual(['stay', 'hide', 'quit']);
    expect(meanings('quit')).toEqual(['stay', 'quit']);
    expect(watchQuestion(2, 'quit')?.message).toBe('2 watches are under way.');
  });
});

describe('the end', () => {
  function parts(answers: (Decision | Error)[], close: () => Promise<void> = () => Promise.resolve()) {
    const log: string[] = [];
    const asked: PromiseWithResolvers<void>[] = [];
    const end = ending({
      ask: async () => {
        const gate = Promise.withResolvers<void>();
        asked.push(gate);
        log.push('ask');
        await gate.promise;
        const answer = answers.shift();
        if (answer instanceof Error) throw answer;
        return answer ?? 'stay';
      },
      hide: () => log.push(`hide, may end: ${end.mayEnd()}`),
      closeCore: async () => {
        log.push(`close, may end: ${end.mayEnd()}`);
        await close();
      },
      quit: () => log.push(`quit, may end: ${end.mayEnd()}`),
      report: (thrown) => log.push(`report ${String(thrown)}`),
    });
    return { end, log, asked };
  }

  it('asks once, closes the core, then quits', async () => {
    const { end, log, asked } = parts(['quit']);
    const first = end.request('quit');
    await end.request('quit');
    asked[0]?.resolve();
    await first;
    expect(log).toEqual(['ask', 'close, may end: false', 'quit, may end: true']);
    await end.request('quit');
    expect(log).toHaveLength(3);
  });

  it('stays open when the answer is no, or when nobody could be asked, and asks again later', async () => {
    const { end, log, asked } = parts(['stay', new Error('no screen'), 'quit']);
    for (let turn = 0; turn < 3; turn += 1) {
      const request = end.request('quit');
      asked[turn]?.resolve();
      await request;
      expect(end.mayEnd()).toBe(turn === 2);
    }
    expect(log).toEqual([
      'ask',
      'ask',
      'report Error: no screen',
      'ask',
      'close, may end: false',
      'quit, may end: true',
    ]);
  });

  it('is none when only the window goes', async () => {
    const { end, log, asked } = parts(['hide']);
    const request = end.request('close');
    asked[0]?.resolve();
    await request;
    expect(log).toEqual(['ask', 'hide, may end: false']);
    expect(end.mayEnd()).toBe(false);
  });

  it('comes even when the core does not close, and says so', async () => {
    const { end, log, asked } = parts(['quit'], () => Promise.reject(new Error('disk')));
    const request = end.request('quit');
    asked[0]?.resolve();
    await request;
    expect(log.slice(1)).toEqual(['close, may end: false', 'report Error: disk', 'quit, may end: true']);
  });
});

describe('keepAwake', () => {
  it('holds the machine awake exactly while something runs', () => {
    const log: string[] = [];
    let running = 0;
    let ids = 0;
    const look = keepAwake(() => running, {
      start: () => {
        log.push('start');
        return (ids += 1);
      },
      stop: (id) => log.push(`stop ${id}`),
    });
    for (const count of [0, 1, 2, 1, 0, 0, 1, 0]) {
      running = count;
      look();
    }
    expect(log).toEqual(['start', 'stop 1', 'start', 'stop 2']);
  });
});

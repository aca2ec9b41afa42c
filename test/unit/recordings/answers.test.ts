import { describe, expect, it } from 'vitest';
import { answerOf, callOf, endedAt, NO_PROGRESS, type Progress } from '#shared/recordings/answers.ts';
import { recordingSchema } from '#shared/recordings/recording.ts';

const START = 1_000_000;

/** Plays commands of this recording one after the other. */
function player(parts: { readonly calls?: readonly object[]; readonly http?: readonly object[] }) {
  const head = { name: 'r', title: 'R', runbook: 'r.md', declare: { severity: 'P1', symptom: 'down' } };
  const recording = recordingSchema.parse({ ...head, ...parts });
  let progress: Progress = NO_PROGRESS;
  let now = START;
  return {
    wait: (ms: number) => (now += ms),
    run: (command: string): string => {
      const call = { words: command.split(' '), environment: {} };
      const found = callOf(recording, progress, call, { startAt: START, now });
      if (found.kind === 'none') return found.later ? 'later' : 'none';
      progress = endedAt(recording, found.progress, call, now);
      return found.entry.output;
    },
    ask: (url: string): string => {
      const found = answerOf(recording, progress, url, { startAt: START, now });
      if (found.kind === 'none') return found.later ? 'later' : 'none';
      progress = found.progress;
      return String(found.entry.status);
    },
  };
}

const entry = (command: string, output: string, after?: unknown) => ({
  command,
  output,
  ...(after === undefined ? {} : { after }),
});

describe('the entries of a recording', () => {
  it('answer in their order, and the last one again', () => {
    const { run } = player({ calls: [entry('look', 'a'), entry('look', 'b'), entry('other', 'x')] });
    expect(['look', 'other', 'look', 'look', 'nothing'].map(run)).toEqual(['a', 'x', 'b', 'b', 'none']);
  });

  it('of the first pattern that fits decide, also when a wider one follows', () => {
    const { run } = player({ calls: [entry('get pods', 'pods'), entry('get **', 'any')] });
    expect(['get pods', 'get nodes', 'get pods'].map(run)).toEqual(['pods', 'any', 'pods']);
  });

  it('wait for a change, and are then the only ones', () => {
    const { run } = player({
      calls: [
        entry('look', 'before 1'),
        entry('look', 'before 2'),
        entry('undo *', 'done'),
        entry('look', 'after', 'undo *'),
        entry('look', 'after the second', { command: 'undo *', times: 2 }),
        entry('prove', 'proven', 'undo *'),
      ],
    });
    expect(['prove', 'look', 'undo 2', 'look', 'look', 'prove', 'undo 1', 'look'].map(run)).toEqual([
      'later',
      'before 1',
      'done',
      'after',
      'after',
      'proven',
      'done',
      'after the second',
    ]);
  });

  it('wait for a time since the beginning, or since the end of a command', () => {
    const { run, wait, ask } = player({
      calls: [entry('look', 'early'), entry('look', 'late', '90s'), entry('undo', 'done')],
      http: [
        { url: 'https://shop.example/', status: 503 },
        { url: 'https://shop.example', status: 200, after: { command: 'undo', wait: '10s' } },
      ],
    });
    expect(run('look')).toBe('early');
    wait(90_000);
    expect(run('look')).toBe('late');
    run('undo');
    wait(9_999);
    expect(ask('https://shop.example')).toBe('503');
    wait(1);
    expect(ask('https://shop.example')).toBe('200');
    expect(ask('https://other.example')).toBe('none');
  });
});

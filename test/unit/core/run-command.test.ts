/** One command, from its intent to its recorded result. */
import { describe, expect, it } from 'vitest';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { runCommand } from '#core/engine/run-command.ts';
import { LeaseLost } from '#core/event-log/lease-scope.ts';
import type { Command } from '#shared/runbook/model.ts';
import { commandOf, engineContext, stepOf, type ToolAnswer } from '../../fixtures/engine-context.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';

const CLOSE = commandOf('s#1', 'shopctl close');

function started(
  command: Command,
  answer: ToolAnswer = {},
  more: Partial<IncidentContext> = {},
  events = new IncidentEvents(),
) {
  const step = stepOf('s', [command]);
  const removed: string[] = [];
  const folders = {
    make: () => Promise.resolve('/empty'),
    remove: (id: string) => Promise.resolve(void removed.push(id)),
  };
  const made = engineContext({
    events,
    steps: [step],
    answer: () => answer,
    more: { folders, ...more },
  });
  const run = (runnable: Partial<Command> = {}) =>
    runCommand(
      made.context,
      step,
      { ...command, ...runnable, effect: command.effect === 'read' ? 'read' : 'change' },
      'ann',
    );
  return { ...made, removed, run };
}

describe('a command', () => {
  it('has its intent on disk before it is started, and its end afterwards', async () => {
    const { run, appended, removed } = started(CLOSE);
    await run();
    expect(appended.map(({ kind }) => kind)).toEqual(['run.intended', 'run.started', 'run.ended']);
    expect(removed).toEqual(['id-1']);
  });

  it('is monitored while it changes something, and not while it reads', async () => {
    const change = started(commandOf('s#1', 'fly deploy'));
    await change.run();
    expect(change.waits).toEqual([10_000]);
    const read = started(commandOf('s#1', 'fly status', { effect: 'read' }));
    await read.run();
    expect(read.waits).toEqual([]);
  });

  it('is checked against the output rules of the runbook, also when Rollbook runs it in another form', async () => {
    const expects = { exit: [0], expect: null, reject: '^Usage:' };
    const { run, appended } = started({ ...CLOSE, expects }, { stdout: 'Usage: shopctl close\n' });
    await run({ expects: undefined } as never);
    expect(appended.at(-1)).toMatchObject({ kind: 'run.ended', payload: { rules: { kind: 'broken' } } });
  });

  it('that cannot be started is told as never started', async () => {
    const { context, run, appended, removed } = started(CLOSE);
    Object.assign(context.adapter.spawner, { spawn: () => Promise.reject(new Error('no process')) });
    await expect(run()).rejects.toThrow('no process');
    expect(appended.at(-1)).toMatchObject({
      kind: 'run.ended',
      payload: { notStarted: { why: expect.stringContaining('no process') as string } },
    });
    expect(removed).toEqual(['id-1']);
  });

  it('whose output could not all be stored has a note that says so', async () => {
    const output = { bytes: 0, lines: 0, sha256: '', excerpt: '', problem: 'the disk is full' };
    const sink = { write: () => undefined, close: () => Promise.resolve(output) };
    const { run, appended } = started(CLOSE, {}, { outputs: { open: () => sink } as never });
    await run();
    expect(appended.at(-1)).toMatchObject({
      kind: 'note.added',
      payload: { text: 'The output of this command is not all stored: the disk is full', starred: true },
    });
  });

  it('has its end in memory until it is on disk, and at its keeper until then', async () => {
    const calls: string[] = [];
    const { context, run } = started(
      CLOSE,
      {},
      {
        storageHealth: { sawEnd: () => calls.push('seen'), wroteEnd: () => calls.push('written') } as never,
        reattacher: { acknowledge: () => calls.push('acknowledged') } as never,
      },
    );
    const append = context.eventLog.append.bind(context.eventLog);
    Object.assign(context.eventLog, {
      append: (...args: Parameters<typeof append>) => {
        if (JSON.stringify(args[1]).includes('run.ended')) calls.push('on disk');
        return append(...args);
      },
    });
    await run();
    expect(calls).toEqual(['seen', 'on disk', 'written', 'acknowledged']);
  });

  it('that changes something keeps the line with the release it built, for its proof', async () => {
    const line = '{"id":"r1","version":11,"image_ref":"registry/app:11"}';
    const build = started(commandOf('s#1', 'fly deploy'), { stdout: `Building\n${line}\n` });
    await build.run();
    expect(build.context.keptText.get('s#1')).toBe(line);
    const read = started(commandOf('s#1', 'fly status', { effect: 'read' }), { stdout: `${line}\n` });
    await read.run();
    expect(read.context.keptText.get('s#1')).toBeUndefined();
  });

  it('is left to the next holder when the lease is lost', async () => {
    const lease = new AbortController();
    const { context, run, removed } = started(CLOSE, {}, { letGo: lease.signal });
    let left = 0;
    Object.assign(context.adapter.spawner, {
      spawn: () =>
        Promise.resolve({
          pid: 1,
          pgid: 1,
          startTime: '',
          onChunk: () => lease.abort(new LeaseLost()),
          exited: new Promise(() => undefined),
          leave: () => (left += 1),
        }),
    });
    await expect(run()).rejects.toThrow(LeaseLost);
    expect([left, removed, context.running.size, context.outputBudget.held]).toEqual([1, [], 0, 0]);
  });
});

describe('a change is not started', () => {
  it('when the store refused writes for more than 30 s since it was asked for', async () => {
    const asked = new IncidentEvents().add('act.asked', { stepId: 's', commandId: null, what: 'change' });
    const at = asked.events.at(-1)?.at ?? 0;
    const { context, run, spawned, removed } = started(CLOSE, {}, {}, asked);
    Object.assign(context.eventLog, { lastDelay: { since: at, until: at + 30_000 } });
    await expect(run()).rejects.toMatchObject({ code: 'store-unwritable' });
    expect([spawned, removed]).toEqual([[], ['id-1']]);
    Object.assign(context.eventLog, { lastDelay: { since: at, until: at + 29_999 } });
    await run();
    expect(spawned).toHaveLength(1);
  });

  it('when its intent cannot be recorded', async () => {
    const { context, run, spawned, removed } = started(CLOSE);
    Object.assign(context.eventLog, { tryAppend: () => Promise.reject(new Error('disk full')) });
    await expect(run()).rejects.toThrow('disk full');
    expect([spawned, removed]).toEqual([[], ['id-1']]);
  });
});

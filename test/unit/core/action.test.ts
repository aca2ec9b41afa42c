/** The gates of a change, its run and the verdict on its step. */
import { describe, expect, it } from 'vitest';
import { makeChange, mayStop, mustBeAllowed, planAction, proveAgain } from '#core/engine/action.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { LeaseLost } from '#core/event-log/lease-scope.ts';
import type { Command } from '#shared/runbook/model.ts';
import { commandOf, engineContext, stepOf, type ToolAnswer } from '../../fixtures/engine-context.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';

const CLOSE = commandOf('s#1', 'shopctl close');
const PROOF = commandOf('s#p', 'shopctl state', {
  effect: 'read',
  proves: {},
  expects: { exit: [0], expect: '^closed$', reject: null },
} as never);
const P0 = (): IncidentEvents => new IncidentEvents({ severity: 'P0' });
const REFUSED = { code: 'not-allowed' };

describe('a change is refused', () => {
  const step = stepOf('s', [CLOSE]);
  const gate = (events: IncidentEvents) => () => mustBeAllowed(engineContext({ events, steps: [step] }).context, step);

  it('while another action is running', () => {
    const events = P0().add('act.asked', { stepId: 's', commandId: null, what: 'reads' });
    expect(gate(events)).toThrow('Something is already running');
    expect(gate(P0())).not.toThrow();
  });

  it('while another change is running', () => {
    const run = {
      runId: 'run',
      stepId: 's',
      commandId: 's#1',
      template: '',
      shown: '',
      binary: '',
      toolVersion: '',
      cwd: '',
    };
    expect(gate(P0().add('run.intended', { ...run, effect: 'change', usualMs: null }))).toThrow(
      'A changing command is running',
    );
    expect(gate(P0().add('run.intended', { ...run, effect: 'read', usualMs: null }))).not.toThrow();
  });
});

describe('an action', () => {
  const step = stepOf('s', [commandOf('s#1', 'shopctl close "$SHOP_TOKEN"', { database: 'SHOP_URL' })]);
  const end = async (work: () => Promise<void>, more: Partial<IncidentContext> = {}) => {
    const made = engineContext({ events: P0(), steps: [step], more });
    await planAction(made.context, step, null, 'change', work).effect?.();
    return made.appended;
  };

  it('ends with the error that broke it off', async () => {
    expect(await end(() => Promise.resolve())).toEqual([
      { kind: 'act.ended', payload: { stepId: 's', problem: null } },
    ]);
    expect(await end(() => Promise.reject(new Error('no disk')))).toMatchObject([
      { payload: { problem: { message: 'no disk' } } },
    ]);
  });

  it('is not ended by the loss of the lease: the next holder continues it', async () => {
    await expect(end(() => Promise.reject(new LeaseLost()))).rejects.toThrow(LeaseLost);
  });

  it('fetches the secrets again, and needs those of its commands', async () => {
    const calls: unknown[] = [];
    const secrets = {
      refresh: () => Promise.resolve(void calls.push('refresh')),
      mustHave: (names: unknown) => calls.push(names),
    };
    await end(() => Promise.resolve(void calls.push('work')), { secrets: secrets as never });
    expect(calls).toEqual(['refresh', ['SHOP_TOKEN', 'SHOP_URL'], 'work']);
  });
});

it('an action on a database needs the secret with its address', async () => {
  const step = stepOf('v', [], { kind: 'verify-database' });
  const names: unknown[] = [];
  const secrets = { refresh: () => Promise.resolve(), mustHave: (each: unknown) => names.push(each) };
  const database = { url: 'DATABASE_URL', project: null, host: null, name: 'shop' };
  const { context } = engineContext({
    events: P0(),
    steps: [step],
    settings: { database },
    more: { secrets: secrets as never },
  });
  await planAction(context, step, null, 'proof', () => Promise.resolve()).effect?.();
  expect(names).toEqual([['DATABASE_URL']]);
});

it('a step is not judged by a proof that was broken off because the lease was lost', async () => {
  const step = stepOf('s', [CLOSE, PROOF]);
  const lost = AbortSignal.abort(new LeaseLost());
  const { context, appended } = engineContext({ events: P0(), steps: [step], more: { letGo: lost } });
  await expect(proveAgain(context, step)).rejects.toThrow(LeaseLost);
  expect(appended.filter(({ kind }) => kind === 'step.ended')).toEqual([]);
});

describe('a step with a changing command', () => {
  /** Runs the commands one after the other, as a person would. Answers the events of the step's end and the context. */
  async function run(
    commands: readonly Command[],
    answers: Readonly<Record<string, ToolAnswer>>,
    checks: readonly string[] = [],
  ) {
    const asChecks = checks.map((text, index) => ({ line: 1, start: 0, end: 0, id: `c${index}`, text }));
    const step = stepOf('s', commands, { checks: asChecks });
    const answer = ({ argv }: { readonly argv: readonly string[] }) => answers[argv[1] ?? ''] ?? {};
    const made = engineContext({ events: P0(), steps: [step], answer });
    for (const command of commands.filter(({ effect }) => effect === 'change'))
      await makeChange(made.context, step, command, 'ann');
    const ended = made.appended.flatMap((draft) => (draft.kind === 'step.ended' ? [draft.payload] : []));
    return { ...made, step, ended };
  }

  it('is verified when its proof is met', async () => {
    const { ended } = await run([CLOSE, PROOF], { state: { stdout: 'closed\n' } });
    expect(ended).toMatchObject([{ outcome: 'verified' }]);
  });

  it('fails when its proof is not met, and is unverified without one', async () => {
    expect((await run([CLOSE, PROOF], { state: { stdout: 'open\n' } })).ended).toMatchObject([{ outcome: 'failed' }]);
    expect((await run([CLOSE], {})).ended).toMatchObject([{ outcome: 'unverified' }]);
  });

  it('is judged after its last command', async () => {
    const two = [CLOSE, commandOf('s#2', 'shopctl mark'), PROOF];
    const { ended, spawned } = await run(two, { state: { stdout: 'closed\n' } });
    expect(ended).toMatchObject([{ outcome: 'verified' }]);
    expect(spawned.map(({ argv }) => argv[1])).toEqual(['close', 'mark', 'state']);
  });

  it('is judged at once when a command fails', async () => {
    const { ended } = await run([CLOSE, commandOf('s#2', 'shopctl mark')], {
      close: { exit: { kind: 'code', code: 1 } },
    });
    expect(ended[0]).toMatchObject({ outcome: 'failed' });
  });

  it('stays open for the checks of a person when its proof is met', async () => {
    expect((await run([CLOSE, PROOF], { state: { stdout: 'closed\n' } }, ['The page is closed'])).ended).toEqual([]);
  });

  it('is unverified when its proof cannot be checked', async () => {
    const { context, step, appended } = await run([CLOSE, PROOF], { state: { stdout: 'open\n' } });
    Object.assign(context.adapter.tools, {
      locate: (tool: string) => Promise.reject(new Error(`${tool} cannot be looked for`)),
    });
    appended.length = 0;
    await expect(proveAgain(context, step)).rejects.toMatchObject({ code: 'environment' });
    expect(appended.filter(({ kind }) => kind === 'step.ended')).toEqual([]);
  });

  it('names the known cause of its failure again when it is checked again', async () => {
    const [command, proof] = [
      commandOf('s#1', 'fly close'),
      commandOf('s#p', 'shopctl state', { ...PROOF, id: 's#p' }),
    ];
    const exit = { kind: 'code', code: 127 } as const;
    const { context, step, appended } = await run([command, proof], { close: { exit }, state: { stdout: 'open\n' } });
    appended.length = 0;
    await proveAgain(context, step);
    const [ended] = appended.flatMap((draft) => (draft.kind === 'step.ended' ? [draft.payload] : []));
    expect(ended?.reason).toContain('interrupted');
  });

  it('is started with neither a time limit nor a proof beside it, and a read with a time limit', async () => {
    const { spawned } = await run([CLOSE, PROOF], { state: { stdout: 'closed\n' } });
    expect(spawned.map(({ effect, timeoutMs }) => [effect, timeoutMs])).toEqual([
      ['change', undefined],
      ['read', 30_000],
    ]);
  });

  it('leaves no process, no memory and no open run behind', async () => {
    const { context } = await run([CLOSE], { close: { stdout: 'done\n' } });
    expect(context.running.size).toBe(0);
    expect(context.outputBudget.held).toBe(0);
    expect(context.eventLog.state.running).toEqual([]);
  });
});

it('a command is killed only a minute after its interrupt', () => {
  const stopAsked = { how: 'interrupt', at: 1_000 } as const;
  expect(() => mayStop(null, 'kill', 0)).toThrow(expect.objectContaining(REFUSED) as Error);
  expect(() => mayStop(stopAsked, 'kill', 60_999)).toThrow('cannot be killed yet');
  expect(() => mayStop(stopAsked, 'kill', 61_000)).not.toThrow();
  expect(() => mayStop(null, 'interrupt', 0)).not.toThrow();
});

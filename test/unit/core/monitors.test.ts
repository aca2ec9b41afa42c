/** What is checked while a change runs: its post-condition, and what the platform of its tool can read. */
import { describe, expect, it } from 'vitest';
import { monitored } from '#core/engine/monitor.ts';
import { rolloutMonitor } from '#core/platforms/fly/platform.ts';
import { sessionMonitor } from '#core/platforms/postgres/session-monitor.ts';
import { commandOf, engineContext, stepOf, type ToolAnswer } from '../../fixtures/engine-context.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';

const running = (commandId: string) =>
  new IncidentEvents().add('run.intended', {
    runId: 'run',
    stepId: 's',
    commandId,
    effect: 'change',
    template: '',
    shown: '',
    binary: '/bin/shopctl',
    toolVersion: '',
    cwd: '/',
    usualMs: null,
  });
const NEVER = new AbortController().signal;

describe('the monitor of a PostgreSQL session', () => {
  const URL = 'postgres://ann:hunter2@db.example.com:5432/shop?sslmode=require';
  const look = async (database?: string) => {
    const command = commandOf('s#1', 'psql -f fix.sql', database === undefined ? {} : { database });
    const step = stepOf('s', [command]);
    const session = JSON.stringify([{ state: 'active', waits: 'relation', blockers: [] }]);
    const made = engineContext({
      events: running('s#1'),
      steps: [step],
      environment: { SHOP_URL: URL },
      answer: () => ({ stdout: session }),
    });
    await sessionMonitor.look(made.context, { runId: 'run', step, command, tool: 'psql', usualMs: null }, NEVER);
    return made;
  };

  it('follows a plain step whose fence names its database', async () => {
    const { spawned, appended } = await look('SHOP_URL');
    expect(spawned[0]?.env).toMatchObject({ PGHOST: 'db.example.com', PGDATABASE: 'shop', PGPASSWORD: 'hunter2' });
    expect(appended).toEqual([
      { kind: 'session.seen', payload: { runId: 'run', state: 'active', waits: 'relation', blockers: [] } },
    ]);
  });

  it('asks no server for a plain step that names its database itself', async () => {
    expect((await look()).spawned).toEqual([]);
  });
});

describe('the monitor of a rollout', () => {
  const look = async (text: string) => {
    const command = commandOf('s#1', text);
    const step = stepOf('s', [command]);
    const made = engineContext({
      events: running('s#1'),
      steps: [step],
      answer: () => ({ exit: { kind: 'code', code: 1 } }),
    });
    await rolloutMonitor.look(made.context, { runId: 'run', step, command, tool: 'fly', usualMs: null }, NEVER);
    return made.spawned.map(({ argv }) => argv.slice(0, 2));
  };

  it('follows a deploy', async () => {
    expect(await look('fly deploy --image x')).toEqual([['/bin/fly', 'status']]);
  });

  it.each(['fly machine stop 3d8d', 'flyctl machines start 3d8d'])('does not follow %s', async (text) => {
    expect(await look(text)).toEqual([]);
  });
});

describe('the post-condition of a change that takes long', () => {
  const proves = (id: string) =>
    commandOf(id, `shopctl ${id}`, {
      effect: 'read',
      proves: {},
      expects: { exit: [0], expect: '^closed$', reject: null },
    } as never);

  function slowChange(answer: () => ToolAnswer, { usualMs = null as number | null, proofs = ['p'] } = {}) {
    const command = commandOf('s#1', 'shopctl close');
    const step = stepOf('s', [command, ...proofs.map(proves)]);
    const made = engineContext({ events: running('s#1'), steps: [step], answer });
    let end = (): void => undefined;
    const work = new Promise<void>((resolve) => (end = resolve));
    const done = monitored(made.context, { runId: 'run', step, command, tool: 'shopctl', usualMs }, () => work);
    const finish = async (): Promise<void> => {
      end();
      await done;
    };
    return { ...made, finish };
  }
  const says = (stdout: string) => (): ToolAnswer => ({ stdout });

  it('is checked from its usual time on, every five seconds', async () => {
    const { waits, pass, finish } = slowChange(says('open\n'), { usualMs: 700 });
    await pass();
    expect(waits).toEqual([700, 5_000]);
    await finish();
  });

  it('is checked after 30 s where the runbook gives no usual time', async () => {
    const { waits, finish } = slowChange(says('open\n'));
    expect(waits).toEqual([30_000]);
    await finish();
  });

  it('is not checked any more once the change has ended', async () => {
    const { spawned, pass, finish } = slowChange(says('open\n'));
    await finish();
    await pass();
    expect(spawned).toEqual([]);
  });

  it('is met only when all its commands say so', async () => {
    let calls = 0;
    const { appended, pass, finish } = slowChange(() => ({ stdout: (calls += 1) === 1 ? 'closed\n' : 'open\n' }), {
      proofs: ['p', 'q'],
    });
    await pass();
    expect(appended).toMatchObject([
      { kind: 'post-condition.seen', payload: { met: false, looks: [{ met: true }, { met: false }] } },
    ]);
    await finish();
  });

  it('says nothing when one of its commands gave no answer', async () => {
    let calls = 0;
    const { appended, pass, finish } = slowChange(
      () => ((calls += 1) === 1 ? { exit: { kind: 'signal', signal: 'SIGINT' } } : { stdout: 'closed\n' }),
      { proofs: ['p', 'q'] },
    );
    await pass();
    expect(appended).toEqual([]);
    await finish();
  });

  it('says nothing when the output was too long to be read whole', async () => {
    const { appended, pass, finish } = slowChange(says(`${'x'.repeat(5 * 1024 * 1024)}\nclosed\n`));
    await pass();
    expect(appended).toEqual([]);
    await finish();
  });

  it('is checked again after an error', async () => {
    const { context, waits, pass, finish } = slowChange(says('open\n'));
    Object.assign(context.adapter.tools, { locate: () => Promise.resolve(null) });
    await pass();
    await pass();
    expect(waits).toEqual([30_000, 5_000, 5_000]);
    await finish();
  });

  it('is recorded only when it differs from the last time', async () => {
    let stdout = 'open\n';
    const { appended, pass, finish } = slowChange(() => ({ stdout }));
    await pass();
    await pass();
    expect(appended).toHaveLength(1);
    stdout = 'closed\n';
    await pass();
    expect(appended).toMatchObject([{ payload: { met: false } }, { payload: { met: true } }]);
    await finish();
  });

  it('is recorded without secrets', async () => {
    const { appended, pass, finish } = slowChange(says('open\n'), { proofs: ['hunter2'] });
    await pass();
    expect(JSON.stringify(appended)).toContain('shopctl [redacted]');
    await finish();
  });

  it('is checked beside the monitor of the platform', async () => {
    const command = commandOf('s#1', 'fly deploy');
    const step = stepOf('s', [command]);
    const { context, waits } = engineContext({ events: running('s#1'), steps: [step] });
    await monitored(context, { runId: 'run', step, command, tool: 'fly', usualMs: null }, () => Promise.resolve());
    expect(waits).toEqual([10_000]);
  });

  it('is not recorded once the change has ended', async () => {
    const { context, appended, pass, finish } = slowChange(says('open\n'));
    const exit = { kind: 'code', code: 0 } as const;
    const ended = { runId: 'run', exit, durationMs: 1, output: null, excerpt: '', explanation: null };
    await context.eventLog.append('rollbook', [{ kind: 'run.ended', payload: ended }]);
    appended.length = 0;
    await pass();
    expect(appended).toEqual([]);
    await finish();
  });
});

import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import type { Push } from '#shared/api/pushes.ts';
import type { IncidentView } from '#shared/api/calls.ts';
import { dataFolder, virtualCore } from '../../fixtures/data-folder.ts';

async function openDrill(speed = 1) {
  const folder = dataFolder();
  const core = await virtualCore(folder);
  const pushes: Push[] = [];
  const window = core.connect((push) => pushes.push(push));
  const started = await window.call('drill.start', {
    intentId: ulid(),
    scenario: 'app-rollback',
    speed,
    rowLine: null,
  });
  if (!started.ok) throw new Error(started.error.message);
  const { incidentId } = started.value as { incidentId: string };
  const opened = await window.call('incident.open', { incidentId });
  if (!opened.ok) throw new Error(opened.error.message);
  const view = opened.value as IncidentView;
  const act = (intent: unknown, expectedSeq: number, intentId = ulid()) =>
    window.call('incident.act', { incidentId, intentId, expectedSeq, intent });
  return { folder, core, window, pushes, incidentId, view, act };
}

const seqOf = (view: IncidentView): number => view.events.at(-1)?.seq ?? 0;

describe('calls and intents', () => {
  it('refuses an unknown call and arguments that are not as the schema says, naming them', async () => {
    const core = await virtualCore();
    const window = core.connect(() => undefined);
    expect(await window.call('no.such', {})).toMatchObject({ ok: false, error: { code: 'unknown-call' } });
    expect(
      await window.call('drill.start', { intentId: ulid(), scenario: 'app-rollback', speed: 'fast', rowLine: null }),
    ).toMatchObject({
      ok: false,
      error: { code: 'bad-arguments', message: expect.stringContaining('speed') as string },
    });
  });

  it('a repeated intent returns the first result and does nothing twice', async () => {
    const { act, view, core, incidentId } = await openDrill();
    const intentId = ulid();
    const note = { kind: 'note', text: 'seen', starred: true };
    const first = await act(note, seqOf(view), intentId);
    const again = await act(note, seqOf(view), intentId);
    expect(first).toMatchObject({ ok: true, value: { repeated: false } });
    expect(again).toMatchObject({ ok: true, value: { repeated: true } });
    expect(core.services.store.events(incidentId).filter(({ kind }) => kind === 'note.added')).toHaveLength(1);
  });

  it('an intent decided on an older state is a conflict, with the present seq', async () => {
    const { act, view, core, incidentId } = await openDrill();
    const before = seqOf(view);
    expect(await act({ kind: 'change-severity', to: 'P1', reason: 'less than thought' }, before)).toMatchObject({
      ok: true,
    });
    const refused = await act({ kind: 'change-severity', to: 'P0', reason: 'worse' }, before);
    expect(refused).toMatchObject({ ok: false, error: { code: 'conflict' } });
    // Probes and evidence come beside it, whenever they come.
    const told = (refused as unknown as { error: { details: { seq: number } } }).error.details.seq;
    expect(told).toBeGreaterThanOrEqual(before + 2);
    expect(told).toBeLessThanOrEqual(core.services.store.head(incidentId).seq);
  });

  it('a change before a release was chosen is refused with what to do', async () => {
    const { act, view } = await openDrill();
    const deploy = view.runbook.model.procedures
      .flatMap(({ steps }) => steps)
      .find(({ kind }) => kind === 'deploy-release');
    const command = deploy?.commands[0];
    expect(await act({ kind: 'run-change', stepId: deploy?.id, commandId: command?.id }, seqOf(view))).toMatchObject({
      ok: false,
      error: { code: 'not-allowed', advice: expect.stringContaining('Choose') as string },
    });
  });

  it('a window that follows gets every event once and in order, whenever it begins', async () => {
    const { act, view, window, pushes, incidentId } = await openDrill();
    const events = () => pushes.flatMap((push) => (push.name === 'incident.events' ? push.payload.events : []));
    await act({ kind: 'note', text: 'one', starred: false }, seqOf(view));
    await window.call('incident.follow', { incidentId, afterSeq: 0 });
    await act({ kind: 'note', text: 'two', starred: false }, seqOf(view));
    const seqs = events().map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    expect(events().filter(({ kind }) => kind === 'note.added')).toHaveLength(2);
  });

  it('a second process may read and follow, but steers only after taking over', async () => {
    const { folder, incidentId, act, view } = await openDrill();
    const second = await virtualCore(folder);
    const other = second.connect(() => undefined);
    expect(await other.call('incident.open', { incidentId })).toMatchObject({
      ok: true,
      value: { summary: { heldBy: expect.any(String) as string } },
    });
    const intent = { kind: 'note', text: 'from the other', starred: false };
    const call = { incidentId, intentId: ulid(), expectedSeq: seqOf(view), intent };
    expect(await other.call('incident.act', call)).toMatchObject({ ok: false, error: { code: 'lease-held' } });
    expect(await other.call('incident.take-over', { incidentId, reason: 'shift change' })).toMatchObject({ ok: true });
    const { context } = await second.services.incidents.open(incidentId);
    const { seq } = context.eventLog.state;
    expect(seq).toBeGreaterThan(seqOf(view));
    expect(await other.call('incident.act', { ...call, intentId: ulid(), expectedSeq: seq })).toMatchObject({
      ok: true,
    });
    // The first one reads all events of the other before it writes again.
    expect(await act({ kind: 'change-severity', to: 'P1', reason: 'late' }, seqOf(view))).toMatchObject({ ok: false });
  });
});

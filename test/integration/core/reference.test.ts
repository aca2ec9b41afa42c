import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import type { IncidentView } from '#shared/api/calls.ts';
import { dataFolder, virtualCore } from '../../fixtures/data-folder.ts';

async function openDrill() {
  const core = await virtualCore(dataFolder());
  const window = core.connect(() => undefined);
  const args = { intentId: ulid(), scenario: 'app-rollback', speed: 1, rowLine: null };
  const started = await window.call('drill.start', args);
  if (!started.ok) throw new Error(started.error.message);
  const { incidentId } = started.value as { incidentId: string };
  const opened = await window.call('incident.open', { incidentId });
  if (!opened.ok) throw new Error(opened.error.message);
  const view = opened.value as IncidentView;
  const expectedSeq = view.events.at(-1)?.seq ?? 0;
  const act = (intent: unknown) => window.call('incident.act', { incidentId, intentId: ulid(), expectedSeq, intent });
  const stored = (kind: string) => core.services.store.events(incidentId).filter((event) => event.kind === kind);
  return { view, act, stored };
}

describe('what is wrong in the runbook', () => {
  it('keeps the lines as they stand beside what they should be', async () => {
    const { view, act, stored } = await openDrill();
    const step = view.runbook.model.procedures[0]?.steps[0];
    const line = step?.commands[0]?.line ?? 0;
    const was = view.runbook.source
      .split('\n')
      .slice(line - 1, line + 1)
      .join('\n');
    const answer = await act({
      kind: 'report-defect',
      stepId: step?.id,
      line,
      lines: 2,
      becomes: 'fly releases --json',
      comment: 'Too long.',
    });
    expect(answer).toMatchObject({ ok: true });
    expect(stored('runbook.defect')[0]?.payload).toEqual({
      stepId: step?.id,
      line,
      was,
      becomes: 'fly releases --json',
      comment: 'Too long.',
    });
  });

  it('refuses lines the runbook does not have, and a defect that says nothing', async () => {
    const { view, act } = await openDrill();
    const stepId = view.runbook.model.procedures[0]?.steps[0]?.id;
    const defect = { kind: 'report-defect', stepId, lines: 1, comment: '' };
    const beyond = await act({ ...defect, line: 99_999, becomes: 'x' });
    expect(beyond).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    const same = view.runbook.source.split('\n')[0];
    expect(await act({ ...defect, line: 1, becomes: same })).toMatchObject({
      ok: false,
      error: { code: 'not-allowed' },
    });
  });

  it('stores no secret that was pasted into the correction', async () => {
    const { view, act, stored } = await openDrill();
    const stepId = view.runbook.model.procedures[0]?.steps[0]?.id;
    const becomes = 'curl -H "Authorization: Bearer abcdefghijklmnopqrstuvwxyz0123456789"';
    await act({ kind: 'report-defect', stepId, line: 1, lines: 1, becomes, comment: '' });
    const text = JSON.stringify(stored('runbook.defect'));
    expect(text).toContain('curl -H');
    expect(text).not.toContain('abcdefghijklmnopqrstuvwxyz0123456789');
  });
});

describe('an escalation', () => {
  it('is stored with who, how and what they said', async () => {
    const { act, stored } = await openDrill();
    const call = { who: 'Manager', how: 'phone', reached: false, words: 'No answer after 8 rings' };
    expect(await act({ kind: 'log-escalation', ...call })).toMatchObject({ ok: true });
    expect(stored('escalation.called')[0]?.payload).toEqual(call);
  });
});

import { describe, expect, it } from 'vitest';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { stillToDo } from '#shared/incident/still-to-do.ts';
import { bundledRunbook } from '../../fixtures/bundled-runbook.ts';
import { DETECTED_AT, IncidentEvents } from '../../fixtures/incident-events.ts';
import { verifiedDrill } from '../../fixtures/incident-stories.ts';
import { RUNBOOK } from '../../fixtures/runbook-model.ts';

const BUNDLED = bundledRunbook();
const of = (events: IncidentEvents, runbook = BUNDLED, now = DETECTED_AT) =>
  stillToDo(reduce(events.events) as IncidentState, runbook, now);
const p0 = () =>
  new IncidentEvents({ severity: 'P0' }).add('procedure.chosen', { procedureId: 'application-rollback', reason: '' });

describe('what is still to do', () => {
  it('is nothing where nothing waits', () => {
    expect(of(verifiedDrill(), RUNBOOK)).toEqual({ what: [], total: 0, overdue: false });
  });

  it('counts the checks of a P0 that wait beside the steps, one by one', () => {
    const { total, what } = of(p0());
    expect(total).toBe(5);
    expect(what).toEqual(['5 checks of the checklist']);
  });

  it('counts follow-ups once they have a due time, and puts the overdue ones first', () => {
    const events = p0().add('proof.evaluated', {
      ...{ stepId: 'x', met: true, before: [], after: [] },
      findings: [{ rule: 'health-answers', met: true, detail: '' }],
    });
    events.add('symptom.gone', { observed: 'fine' });
    const soon = of(events, BUNDLED, DETECTED_AT + 60_000);
    expect(soon.total).toBe(13);
    expect(soon.overdue).toBe(false);
    const late = of(events, BUNDLED, DETECTED_AT + 48 * 3_600_000);
    expect(late.overdue).toBe(true);
    expect(late.what[0]).toMatch(/overdue follow-up/);
    expect(late.total).toBe(13);
  });
});

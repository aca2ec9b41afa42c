import { describe, expect, it } from 'vitest';
import { declarationOf } from '#shared/incident/declaration.ts';
import { RUNBOOK } from '../../fixtures/runbook-model.ts';

const [row] = RUNBOOK.matrix.rows;
if (row === undefined) throw new Error('the fixture has rows');
const [service] = RUNBOOK.settings.services;
if (service === undefined) throw new Error('the fixture has a service');
const answered = { matched: row, service: service.id, detectedAt: 5 };

describe('what an incident is declared with', () => {
  it('follows from the row and the service where a person gave nothing else', () => {
    expect(declarationOf(RUNBOOK, answered)).toEqual({
      severity: row.severity,
      rowLine: row.line,
      title: row.condition,
      symptom: row.condition,
      service: service.id,
      detectedAt: 5,
      probe: service.health,
    });
    expect(service.health).not.toBe('');
  });

  it('takes a title and a probe that were given; an empty probe is none', () => {
    const given = declarationOf(RUNBOOK, { ...answered, title: ' Checkout is down ', probe: '' });
    expect(given).toMatchObject({ title: 'Checkout is down', symptom: row.condition, probe: '' });
  });

  it('has no row where the runbook has none, and cuts a title at 200 characters', () => {
    const condition = 'x'.repeat(300);
    const given = declarationOf(RUNBOOK, { ...answered, matched: { severity: 'P2', condition } });
    expect(given).toMatchObject({ severity: 'P2', rowLine: null, title: 'x'.repeat(200), symptom: condition });
  });
});

import { describe, expect, it } from 'vitest';
import { dueSwitch } from '#core/drills/declared-switches.ts';
import type { NextAction } from '#shared/steps/action.ts';

const SWITCHES = [
  { at: 'maintenance/fix', procedure: 'database', reason: 'a migration is the cause' },
  { at: 'database/confirm', procedure: 'maintenance', reason: 'users are let back in' },
] as const;
const asked = (stepId: string | null): NextAction => ({ kind: 'ask', stepId, label: '', ask: 'checks' });
const chosen = (times: number) => [
  { kind: 'incident.declared' } as const,
  ...Array.from({ length: times }, () => ({ kind: 'procedure.chosen' }) as const),
];
const due = (times: number, action: NextAction) => dueSwitch([...SWITCHES], chosen(times), action);

describe('the changes of procedure that a scenario declares', () => {
  it('are due one after the other, each at its own step', () => {
    expect(due(1, asked('maintenance/fix'))).toEqual({
      kind: 'choose-procedure',
      procedureId: 'database',
      reason: 'a migration is the cause',
    });
    expect(due(1, asked('database/confirm'))).toBeNull();
    expect(due(2, asked('database/confirm'))).toMatchObject({ procedureId: 'maintenance' });
  });

  it('are not made again, also when the events are read by another process', () => {
    expect(due(2, asked('maintenance/fix'))).toBeNull();
    expect(due(3, asked('database/confirm'))).toBeNull();
  });

  it('wait until a procedure was chosen and its step is next', () => {
    expect(due(0, asked('maintenance/fix'))).toBeNull();
    expect(due(1, asked(null))).toBeNull();
    expect(due(1, { kind: 'finished', label: '' })).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { STEP_KINDS } from '#shared/steps/kinds.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { effectsOf } from '#core/steps/registry.ts';

describe('a kind of step', () => {
  it.each(STEP_KINDS)('%s looks by itself exactly when it says that Rollbook proves it', (kind) => {
    const { look, prove, judge } = effectsOf({ kind });
    const looks = (look ?? prove ?? judge) !== undefined;
    expect(looks).toBe(definitionOf({ kind }).provenBy !== 'person');
  });

  it.each(STEP_KINDS)('%s fills in the commands that it changes', (kind) => {
    if (effectsOf({ kind }).change === undefined || definitionOf({ kind }).provenBy === 'sql-file') return;
    expect(definitionOf({ kind }).commands).toBe('filled-in');
  });

  it('offers another choice only where a step of that kind can be chosen again', () => {
    const offered = STEP_KINDS.flatMap((kind) => definitionOf({ kind }).afterChoice ?? []);
    for (const kind of offered) expect(definitionOf({ kind }).choice?.again ?? null, kind).not.toBeNull();
  });
});

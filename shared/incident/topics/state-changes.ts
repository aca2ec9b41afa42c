/** State changes that several topics use. */
import type { AfterState } from './watch-state.ts';
import { type Contained, type IncidentState, NO_STEP, type StepState } from '../state.ts';

export const withStep = (state: IncidentState, stepId: string, change: Partial<StepState>): IncidentState => ({
  ...state,
  steps: { ...state.steps, [stepId]: { ...(state.steps[stepId] ?? NO_STEP), ...change } },
});

export const effective = (state: IncidentState, at: number): IncidentState =>
  state.effectiveAt === null && state.proofMetAt !== null && state.symptomGone !== null
    ? { ...state, effectiveAt: at }
    : state;

/** The harm was seen to have stopped; the first such moment counts. */
export const contained = (state: IncidentState, by: Contained['by'], at: number): IncidentState => ({
  ...state,
  contained: state.contained ?? { by, at, clockSetMs: state.clockSetMs },
});

/** The same proof failed later, so the harm goes on. */
export const notContained = (state: IncidentState, by: Contained['by']): IncidentState =>
  state.contained?.by === by ? { ...state, contained: null } : state;

export const deviate = (state: IncidentState, at: number, what: string): IncidentState => ({
  ...state,
  deviations: [...state.deviations, { at, what }],
});

export const withAfter = (state: IncidentState, change: Partial<AfterState>): IncidentState => ({
  ...state,
  after: { ...state.after, ...change },
});

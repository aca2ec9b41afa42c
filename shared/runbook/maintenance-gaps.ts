import type { StepKind } from '../steps/kinds.ts';
import type { Gap, Runbook, Step } from './model.ts';

/** What maintenance mode and the fast stop lack to be reversible pairs whose effect can be seen. */
export function maintenanceGaps(
  { procedures, settings }: Pick<Runbook, 'procedures' | 'settings'>,
  line: number,
): readonly Gap[] {
  const steps = procedures.flatMap((procedure) => procedure.steps);
  const on = steps.find(({ kind }) => kind === 'maintenance-on');
  const off = steps.find(({ kind }) => kind === 'maintenance-off');
  const gaps: Gap[] = [];
  if ((on ?? off) !== undefined && settings.maintenance === undefined) {
    gaps.push({
      line: Math.max(1, (on ?? off)?.line ?? line),
      code: 'no-maintenance-marker',
      message: 'Nothing says how maintenance mode is seen from outside, so it can only end unverified.',
      advice: 'Declare `maintenance: { url, marker }` in the front matter.',
    });
  }
  return [
    ...gaps,
    ...halfPair(steps, line, 'half-maintenance', [
      ['maintenance-on', 'No step switches maintenance mode on.'],
      ['maintenance-off', 'No step switches maintenance mode off.'],
    ]),
    ...halfPair(steps, line, 'half-stop', [
      ['stop-machines', 'No step stops the machines that another one starts.'],
      ['start-machines', 'No step starts the stopped machines again.'],
    ]),
  ];
}

type Half = readonly [kind: StepKind, missing: string];

function halfPair(steps: readonly Step[], line: number, code: string, halves: readonly [Half, Half]): readonly Gap[] {
  const [first, second] = halves.map(([kind]) => steps.find((step) => step.kind === kind));
  if ((first === undefined) === (second === undefined)) return [];
  const [kind, message] = halves[first === undefined ? 0 : 1];
  return [{ line: (first ?? second)?.line ?? line, code, message, advice: `Mark it with step=${kind}.` }];
}

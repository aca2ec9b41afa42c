import type { Gap, Runbook } from './model.ts';

/** What maintenance mode lacks to be one reversible pair whose effect can be seen. */
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
  if ((on === undefined) !== (off === undefined)) {
    const there = on ?? off;
    const missing = on === undefined ? 'on' : 'off';
    gaps.push({
      line: there?.line ?? line,
      code: 'half-maintenance',
      message: `No step switches maintenance mode ${missing}.`,
      advice: `Mark it with step=maintenance-${missing}.`,
    });
  }
  return gaps;
}

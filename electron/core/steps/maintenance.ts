/** Proves maintenance mode by what the public address shows to users (product rule 10). */
import { type Proven, postCondition } from '#shared/incident/outcome-contract.ts';
import { HEALTHY_ANSWERS_NEEDED } from '#shared/platforms/health.ts';
import type { MaintenanceSign, Step } from '#shared/runbook/model.ts';
import { describeAnswer, probeUntilGood } from '#core/engine/health.ts';
import { type IncidentContext, ROLLBOOK } from '#core/engine/incident-context.ts';
import type { ProbeAnswer } from '#core/ports.ts';
import type { StepEffects } from './step-effects.ts';
import { undoStepOf } from './undo-step.ts';

/** How long the address may take to change after the command has ended, ms, incident clock. */
const PATIENCE_MS = 30_000;

const effects = (mode: 'on' | 'off'): StepEffects => ({ prove: (context, step) => prove(context, step, mode) });
export const maintenanceOn = effects('on');
export const maintenanceOff = effects('off');

/**
 * Checks the address and records the result. On: it shows the marker, with any status. Off: a status below 400 without
 * it.
 */
async function prove(context: IncidentContext, step: Step, mode: 'on' | 'off'): Promise<Proven> {
  const sign = context.runbook.settings.maintenance;
  const { met, detail } =
    sign === undefined
      ? { met: null, detail: 'The runbook does not declare how maintenance mode is seen from outside.' }
      : await look(context, sign, mode);
  const offStepId = mode === 'off' ? step.id : undoStepOf(context.runbook, step);
  await context.eventLog.append(ROLLBOOK, [
    { kind: 'maintenance.checked', payload: { stepId: step.id, mode, offStepId, met, detail } },
  ]);
  if (met === null) return { kind: 'nothing', why: detail };
  return postCondition([{ rule: 'public-address', met, detail }]);
}

/** Needs several equal answers in a row, because some machines behind the address may not have changed yet. */
async function look(context: IncidentContext, { url, marker }: MaintenanceSign, mode: 'on' | 'off') {
  const good = (answer: ProbeAnswer): boolean => agrees(answer, marker, mode);
  const answers = await probeUntilGood(context, (http, limitMs) => http.get(url, limitMs), good, {
    patienceMs: PATIENCE_MS,
  });
  const last = answers.slice(-HEALTHY_ANSWERS_NEEDED);
  const met = last.length === HEALTHY_ANSWERS_NEEDED && last.every(good);
  const answer = answers.at(-1) ?? NO_ANSWER;
  const shows = answer.kind === 'answer' && answer.body.includes(marker) ? 'shows' : 'does not show';
  return { met, detail: `${url} ${shows} "${marker}" (${describeAnswer(answer)}).` };
}

const NO_ANSWER: ProbeAnswer = { kind: 'no-answer', reason: 'it was not asked', ms: 0 };

const agrees = (answer: ProbeAnswer, marker: string, mode: 'on' | 'off'): boolean => {
  if (answer.kind !== 'answer') return false;
  const shown = answer.body.includes(marker);
  return mode === 'on' ? shown : !shown && answer.status < 400;
};

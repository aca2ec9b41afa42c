/** A new change takes an earlier proof back: the terminal, the timeline and the report say it as the window does. */
import { describe, expect, it } from 'vitest';
import { clockAtSymptom } from '#shared/incident/proof-taken-back.ts';
import { reduce } from '#shared/incident/reduce.ts';
import { timeline } from '#shared/incident/timeline.ts';
import { askFor } from '../../../electron/cli/wizard/questions.ts';
import type { Asking } from '../../../electron/cli/wizard/asking.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { DEPLOY_SHOWN, proof } from '../../fixtures/incident-stories.ts';
import { APP, DEPLOY_COMMAND, RUNBOOK, STEPS } from '../../fixtures/runbook-model.ts';
import { reportOf } from '../report/report-of.ts';

const CHANGE = { stepId: STEPS.deploy, commandId: DEPLOY_COMMAND, effect: 'change', shown: DEPLOY_SHOWN } as const;
const TIMELINE = `About to run ${DEPLOY_SHOWN}. A new change takes the earlier proof back: the mitigation clock runs on until the post-condition is met again`;
const TAKEN_BACK =
  'A new change took the earlier proof back: the mitigation clock runs on until the post-condition is met again.';

const deployed = (met: boolean): IncidentEvents =>
  new IncidentEvents()
    .add('procedure.chosen', { procedureId: APP, reason: '' })
    .run({ runId: 'r1', ...CHANGE })
    .add('proof.evaluated', proof(met), { actor: 'rollbook' });

/** Proven and the symptom gone, then deployed again. */
const again = (): IncidentEvents =>
  deployed(true)
    .add('symptom.gone', { observed: 'all well' })
    .run({ runId: 'r2', ...CHANGE });

function stateOf({ events }: IncidentEvents) {
  const state = reduce(events);
  if (state === null) throw new Error('not declared');
  return state;
}

/** What the terminal says at "Is it gone?" to a person who then leaves. */
async function askedOf(story: IncidentEvents): Promise<string> {
  let said = '';
  const asking = {
    context: { runbook: RUNBOOK, eventLog: { state: stateOf(story) } },
    say: (text: string) => void (said += text),
    prompt: { ask: async () => await Promise.resolve(null) },
  } as unknown as Asking;
  await askFor(asking, { kind: 'ask', ask: 'symptom', stepId: STEPS.confirm, label: 'Confirm' } as never);
  return said;
}

describe('a new change after a met proof', () => {
  it('is told in the timeline, starred, so that the terminal prints it as it happens', () => {
    const story = again();
    const entries = timeline(story.events, RUNBOOK, stateOf(story)).filter(({ kind }) => kind === 'run.intended');
    expect(entries.map(({ text, starred }) => ({ text, starred }))).toEqual([
      { text: `About to run ${DEPLOY_SHOWN}`, starred: false },
      { text: TIMELINE, starred: true },
    ]);
  });

  it('is told in the report, on the first page and among all entries', () => {
    const [main = '', appendices = ''] = reportOf(again().events).split('## Appendix A');
    expect(main).toMatch(/^- [\d:]+: A new change took the earlier proof back: Deploy it$/m);
    expect(appendices).toContain('A new change takes the earlier proof back');
    expect(reportOf(deployed(true).events)).not.toContain('earlier proof');
  });

  it('is told in the terminal where it asks for the symptom', async () => {
    expect(await askedOf(again())).toContain(TAKEN_BACK);
    expect(await askedOf(deployed(true))).not.toContain('mitigation clock');
    const unproven = await askedOf(deployed(false));
    expect(unproven).toContain('The post-condition is not met: the mitigation clock runs on until it is.');
    expect(unproven).not.toContain('earlier proof');
  });

  it('is told in the same words in the window', () => {
    expect(clockAtSymptom(stateOf(again()))).toBe(TAKEN_BACK);
    expect(clockAtSymptom(stateOf(deployed(true)))).toBe('Ends the mitigation clock: the rollback is effective.');
  });
});

/** A change that failed with its post-condition met: the menu of the terminal begins with going on, the proof below it. */
import { expect, it } from 'vitest';
import { stepState } from '#shared/incident/state.ts';
import { stepOf } from '#core/engine/incident-context.ts';
import { otherWay } from '../../../electron/cli/wizard/questions.ts';
import type { Prompt } from '../../../electron/cli/wizard/prompt.ts';
import { changeOf, CLOSE, PROOF, shop } from '../../fixtures/shop.ts';
import { take } from '../../fixtures/steering.ts';

it('offers "It works: go on" first, with what was found', async () => {
  const incident = await shop([...CLOSE, ...PROOF], 'echo "$2 is closed" > "$state"; exit 1');
  const { context } = incident;
  const { stepId, commandId } = changeOf(incident);
  await take(incident, { kind: 'run-change', stepId, commandId });
  const [finding] = stepState(context.eventLog.state, stepId).proof?.findings ?? [];
  let printed = '';
  const say = (text: string): void => {
    printed += text;
  };
  const prompt = { ask: () => Promise.resolve('1') } as unknown as Prompt;
  const intents = await otherWay(
    { context, prompt, say, cwd: '/', send: () => Promise.resolve(true) },
    stepOf(context, stepId),
  );
  expect(intents).toMatchObject([{ kind: 'confirm-step', stepId }]);
  expect(printed).toMatch(/1\W+It works: go on/);
  expect(printed).toContain(`✓ ${finding?.detail}`);
});

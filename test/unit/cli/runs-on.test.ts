import { expect, it } from 'vitest';
import { reduce } from '#shared/incident/reduce.ts';
import { runsOnText } from '../../../electron/cli/wizard/stop-words.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { STEPS } from '../../fixtures/runbook-model.ts';

const CHANGE = {
  runId: 'r',
  stepId: STEPS.deploy,
  commandId: 'c',
  effect: 'change',
  shown: 'fly deploy -a shop',
} as const;

/** What is said on leaving after all but this many of the events of a command. */
function said(story: IncidentEvents, run: Parameters<IncidentEvents['run']>[0], left: number): string {
  const { events } = story.run(run);
  const state = reduce(events.slice(0, events.length - left));
  if (state === null) throw new Error('not declared');
  return runsOnText(state);
}

it('says on leaving that a change runs on, and only then', () => {
  expect(said(new IncidentEvents(), CHANGE, 1)).toMatch(/^fly deploy -a shop is not stopped: it runs on, /);
  expect(said(new IncidentEvents(), CHANGE, 0)).toBe('');
  expect(said(new IncidentEvents(), { ...CHANGE, effect: 'read' }, 1)).toBe('');
  expect(said(new IncidentEvents({ adapter: 'simulated', kind: 'drill' }), CHANGE, 1)).toBe('');
});

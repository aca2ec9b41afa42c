/** The way of a scenario through several procedures: maintenance mode first, then the rollback, then back. */
import type { IncidentEvent } from '#shared/incident/event.ts';
import type { Intent } from '#shared/incident/intent.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import type { NextAction } from '#shared/steps/action.ts';
import { loadScenario } from '#core/simulator/scenario-files.ts';
import type { Scenario } from '#core/simulator/scenario.ts';

export type Switches = Scenario['switches'];

/** Of the scenario that the incident plays; none for a recording, real tools or a live incident. Codes: as loadScenario. */
export async function declaredSwitches({ declared: { drill } }: IncidentState): Promise<Switches> {
  return drill === null || drill.recording !== undefined ? [] : (await loadScenario(drill.scenario)).switches;
}

/**
 * The change of procedure that is due when `action` is the next one, as the list of the row's ways offers it; else null.
 * Counted from the events, so that a drill that is taken up again goes on where it was.
 */
export function dueSwitch(
  switches: Switches,
  events: readonly Pick<IncidentEvent, 'kind'>[],
  action: NextAction,
): Intent | null {
  const chosen = events.filter(({ kind }) => kind === 'procedure.chosen').length;
  const next = switches[chosen - 1];
  if (next === undefined || !('stepId' in action) || action.stepId !== next.at) return null;
  return { kind: 'choose-procedure', procedureId: next.procedure, reason: next.reason };
}

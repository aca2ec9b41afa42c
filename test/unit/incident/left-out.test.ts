/** A purged or damaged event is left out of an incident. Whichever it is, all the others can still be shown. */
import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import { stabilityClock, mitigationClock } from '#shared/incident/clocks.ts';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import { reduce } from '#shared/incident/reduce.ts';
import { stepSummaries } from '#shared/incident/incident-outcome.ts';
import { timeline } from '#shared/incident/timeline.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { byHandIncident, unhealthyDrill, verifiedDrill } from '../../fixtures/incident-stories.ts';
import { DATABASE_RUNBOOK, databaseIncident, failedThenMitigated } from '../../fixtures/report-stories.ts';
import { RUNBOOK } from '../../fixtures/runbook-model.ts';
import { jsonOf, treeOf } from '../report/report-of.ts';

/** Reads all that is shown of an incident, and answers how many entries its timeline has. */
function show(events: readonly IncidentEvent[], runbook: Runbook): number {
  const state = reduce(events);
  if (state === null) throw new Error('the declaration is missing');
  nextAction(state, runbook);
  stepSummaries(state, runbook);
  mitigationClock(state, events.at(-1)?.at ?? 0);
  stabilityClock(state, events.at(-1)?.at ?? 0);
  // Turning the tree into Markdown takes most of a report's time, and needs no more than a text in every leaf.
  expect(leavesWithoutText(treeOf(events, runbook))).toEqual([]);
  jsonOf(events, runbook);
  return timeline(events, runbook, state).length;
}

function leavesWithoutText(node: Nodes): readonly Nodes[] {
  if ('children' in node) return node.children.flatMap(leavesWithoutText);
  return 'value' in node && typeof node.value !== 'string' ? [node] : [];
}

describe('with any one event left out, or all events of one kind', () => {
  it.each([
    ['verified drill', verifiedDrill(), RUNBOOK],
    ['unhealthy drill', unhealthyDrill(), RUNBOOK],
    ['by hand', byHandIncident(), RUNBOOK],
    ['failed then mitigated', failedThenMitigated(), RUNBOOK],
    ['database', databaseIncident(), DATABASE_RUNBOOK],
  ])('%s: all others are shown', (_, { events }, runbook) => {
    const later = events.slice(1);
    for (const { seq } of later) {
      const others = events.filter((event) => event.seq !== seq);
      expect(show(others, runbook)).toBe(others.length);
    }
    for (const kind of new Set(later.map((event) => event.kind))) {
      const others = events.filter((event) => event.kind !== kind);
      expect(show(others, runbook)).toBe(others.length);
    }
  });
});

/** The checklist, and what is left to do after the incident. */
import type { RootContent } from 'mdast';
import { checklistStanding } from '#shared/incident/checklist.ts';
import { stepSummaries } from '#shared/incident/incident-outcome.ts';
import { obligations } from '#shared/incident/obligations.ts';
import { checkText, titleOf } from '#shared/incident/timeline-words.ts';
import { count } from '../words/count.ts';
import { deviatingSeqs } from './deviations.ts';
import { brief, heading, list, paragraph, tasks } from './nodes.ts';
import type { ReportSource } from './source.ts';

/** How much of the checklist and of the steps' checks was ticked; what was not is named. */
export function checklist(source: ReportSource): readonly RootContent[] {
  const { state, runbook, context } = source;
  const standing = checklistStanding(state, runbook);
  const listed = new Set(standing?.items.map(({ check }) => check.id));
  const ticks = Object.entries(state.steps).flatMap(([stepId, step]) =>
    Object.entries(step.ticks)
      .filter(([checkId]) => !listed.has(checkId))
      .map(([checkId, tick]) => ({ text: checkText(stepId, checkId, context), ...tick })),
  );
  const unticked = ticks.filter(({ ticked }) => !ticked);
  return [
    heading(2, 'Checklist'),
    paragraph(
      [
        standing === null ? 'The runbook has no checklist before a rollback.' : standingText(standing),
        ticks.length === 0
          ? 'No check of a step was ticked.'
          : `Checks of the steps: ${ticks.length - unticked.length} of ${ticks.length} ticked.`,
      ].join(' '),
    ),
    ...(unticked.length === 0
      ? []
      : [list(unticked.map(({ text, observed }) => brief(`${text}: ${observed === '' ? 'not ticked' : observed}`)))]),
  ];
}

function standingText({
  checklist: { title },
  items,
  open,
}: NonNullable<ReturnType<typeof checklistStanding>>): string {
  const ticked = items.filter(({ tick }) => tick !== null).length;
  const deferred = items.length - ticked - open;
  return `${title}: ${ticked} of ${items.length} ticked${deferred === 0 ? '' : `, ${deferred} deferred`}${open === 0 ? '' : `, ${open} left open`}.`;
}

/** Deferred items and people to tell, as tasks; deviations and runbook defects are counted. */
export function followUps(source: ReportSource): readonly RootContent[] {
  const { state, runbook, context, time } = source;
  const items = [
    ...obligations(state, runbook)
      .filter(({ paid }) => paid === null)
      .map(({ what }) => ({ text: what, done: false })),
    ...state.deferred.map(({ stepId, reason, dueAt, settled }) => ({
      text: [
        titleOf(stepId, context),
        reason || 'no reason given',
        ...(dueAt === null ? (settled === null ? ['no due time'] : []) : [`due ${time(dueAt)} UTC`]),
        ...(settled === null ? [] : [`${settled.how}: ${settled.reason}`]),
      ].join(' | '),
      done: settled !== null,
    })),
  ];
  const notDone = stepSummaries(state, runbook).filter(({ outcome }) => outcome === null);
  const deviations = deviatingSeqs(source).length;
  const defects = state.defects.length;
  const found = [
    ...(deviations === 0 ? [] : [`${count(deviations, 'deviation')} from the runbook`]),
    ...(defects === 0 ? [] : [`${count(defects, 'defect')} found in ${deviations === 0 ? 'the runbook' : 'it'}`]),
  ];
  const where = source.brief === true ? '' : ' (appendix F)';
  return [
    heading(2, 'Follow-ups'),
    items.length === 0 ? paragraph('Nothing was deferred, and nobody has to be told.') : tasks(items),
    ...(notDone.length === 0 ? [] : [paragraph(`Steps not done: ${notDone.map(({ title }) => title).join(', ')}.`)]),
    ...(found.length === 0 ? [] : [paragraph(`${found.join(', ')}${where}.`)]),
  ];
}

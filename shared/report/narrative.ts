/** Root cause, resolution and lessons: what the record says, and what people wrote. */
import type { RootContent } from 'mdast';
import { afterText, versionsText } from '#shared/incident/timeline-words.ts';
import { answersOf, OPEN } from './answers.ts';
import type { FieldSection } from './fields.ts';
import { heading, paragraph } from './nodes.ts';
import { versionPath } from './runs.ts';
import type { ReportSource } from './source.ts';

export const rootCause = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Root Cause'),
  ...orOpen(source, 'root-cause'),
];

export const lessons = (source: ReportSource): readonly RootContent[] => [
  heading(2, 'Lessons Learned'),
  ...orOpen(source, 'lessons'),
];

function orOpen(source: ReportSource, section: FieldSection): readonly RootContent[] {
  const answers = answersOf(source, section);
  return answers.length === 0 ? [paragraph(OPEN)] : answers;
}

export function resolution(source: ReportSource): readonly RootContent[] {
  const { resolvedAt, closedAt } = source.state;
  const said = source.entries
    .filter(({ kind }) => kind === 'incident.resolved' || kind === 'incident.closed')
    .map(({ text, actor }) => `${sentenceEnd(text)} (${actor}).`);
  if (resolvedAt === null && closedAt === null) said.push('Not resolved yet.');
  return [
    heading(2, 'Resolution'),
    paragraph([`${capital(changed(source))}.`, ...said].join(' ')),
    ...answersOf(source, 'resolution'),
  ];
}

/** Without the full stop that a person may have typed. */
const sentenceEnd = (text: string): string => text.replace(/\.$/, '');

/** `hotdash-agent-service v10 → v9 (released again as v11)`. Facts from the timeline only. */
function changed(source: ReportSource): string {
  const { state } = source;
  const { database, maintenance, stoppedMachines, system } = state;
  const services = Object.entries(system).flatMap(([service, each]) => {
    if (each.ended === null) return [];
    const { before, after, outcome } = each.ended;
    const verdict = outcome === 'verified' ? '' : ` (${outcome})`;
    return [`${service} ${versionsText(before)} → ${afterText(after, each)}${verdict}`];
  });
  if (services.length > 0) return services.join(', ');
  if (state.fixForward !== null) return 'fixed forward, nothing was rolled back';
  const path = versionPath(source);
  const done = [
    ...(path === null ? [] : [`${state.declared.service} ${path}`]),
    ...(database.choice === null || state.startedAt === null
      ? []
      : [
          `migration ${[database.choice.version, database.choice.name].join(' ').trim()} undone by ${database.choice.file}`,
        ]),
    ...(maintenance === null ? [] : [`maintenance mode switched on${maintenance.on ? '' : ' and off again'}`]),
    ...(stoppedMachines === null
      ? []
      : [`all machines of ${stoppedMachines.service} stopped${stoppedMachines.open ? '' : ' and started again'}`]),
  ];
  return done.length === 0 ? 'no release was put back' : done.join(', ');
}

const capital = (text: string): string =>
  /^(no|fixed|migration|maintenance|all) /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;

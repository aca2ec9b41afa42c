/** The timeline on the first page: at most ten lines, from the deploy that went wrong to the end of the incident. */
import { releaseName } from '#shared/platforms/release-name.ts';
import type { RootContent } from 'mdast';
import { afterText, titleOf, versionsText } from '#shared/incident/timeline-words.ts';
import type { TimelineEntry } from '#shared/incident/timeline.ts';
import { restartedClock } from '#shared/incident/proof-taken-back.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { count } from '../words/count.ts';
import { visible } from '../words/visible.ts';
import { decisionsOf } from './decision.ts';
import { brief, heading, list, paragraph } from './nodes.ts';
import { incidentPicture, pictureText } from './picture/incident-picture.ts';
import { eventsOf, type ReportSource, stated } from './source.ts';
import { milestones } from './targets.ts';
import { dateOf } from './times.ts';

const MOST = 10;

interface Line {
  readonly at: number;
  /** When it was recorded, if a person entered the time. */
  readonly recordedAt?: number;
  readonly text: string;
  /** Lines of a lower rank are left out first. */
  readonly rank: number;
}

const MUST = 3;
const TROUBLE = 2;
const CHOICE = 1;
const PROOF = 0;

export function shortTimeline(source: ReportSource): readonly RootContent[] {
  const all = linesOf(source).toSorted((a, b) => a.at - b.at);
  const kept = new Set(all.toSorted((a, b) => b.rank - a.rank).slice(0, MOST));
  const left = all.length - kept.size;
  return [
    heading(2, 'Timeline'),
    paragraph(`UTC on ${dateOf(source.clock.startedAt)}; (manual) marks a time that a person gave.`),
    list(
      all
        .filter((line) => kept.has(line))
        .map(({ at, recordedAt, text }) => `${stated(source, at, recordedAt ?? at)}: ${brief(text)}`),
    ),
    ...(left === 0 || source.brief === true ? [] : [paragraph(`${count(left, 'more line')} in appendix A.`)]),
    ...pictureLink(source),
  ];
}

/** With the picture in words, for readers who do not see it. */
function pictureLink({ picture, state, events }: ReportSource): readonly RootContent[] {
  if (picture === undefined) return [];
  const alt = pictureText(incidentPicture(state, events.at(-1)?.at ?? 0));
  return [paragraph([{ type: 'image', url: picture, alt: visible(alt) }])];
}

const linesOf = (source: ReportSource): readonly Line[] => [
  ...deployed(source),
  ...began(source),
  ...troubles(source),
  ...proofsTakenBack(source),
  ...proofs(source),
  ...ended(source),
];

/** What was put in place before the trouble: releases, or the migration. */
function deployed({ state }: ReportSource): readonly Line[] {
  const { choice, releases, system, database } = state;
  const together = Object.entries(system).map(([service, each]) => ({ service: ` of ${service}`, ...each }));
  const found = [{ service: '', choice, releases }, ...together].flatMap((each) => {
    const from = each.choice?.from.version ?? null;
    const release = each.releases?.releases.find(({ version }) => version === from);
    return release === undefined || release.createdAt === null
      ? []
      : [{ at: release.createdAt, text: `${releaseName(release)}${each.service} by ${release.user}` }];
  });
  if (found.length === 0) found.push(...captured(state));
  const { at = null, version = '', name = '' } = database.choice ?? {};
  return [
    ...(found.length === 0
      ? []
      : [
          {
            at: Math.min(...found.map((each) => each.at)),
            text: `Deployed ${found.map(({ text }) => text).join(', ')}`,
            rank: MUST,
          },
        ]),
    ...(at === null ? [] : [{ at, text: `Migration ${version} ${name} written`.replace(/ +/g, ' '), rank: MUST }]),
  ];
}

/** Where nobody chose a release: as the list of releases had it that was captured when declaring. */
const captured = ({ evidence }: ReportSource['state']): readonly { readonly at: number; readonly text: string }[] =>
  evidence.flatMap((each) => {
    const release = each.kind === 'captured' ? each.inService : undefined;
    return release === undefined ? [] : [{ at: release.at, text: `v${release.version} by ${release.user}` }];
  });

/** Detection, declaration and decision, and the start of the first change. */
function began(source: ReportSource): readonly Line[] {
  const { state, clock, events } = source;
  const { row } = state.declared;
  const by = events[0]?.actor ?? '';
  const first = [...state.runs.values()].find(({ effect }) => effect === 'change');
  const decisions = decisionsOf(source);
  const atOnce = decisions.find(({ at }) => at - state.declaredAt < 1_000);
  const condition = row === null ? '' : `: ${row.condition}`;
  return [
    { at: clock.startedAt, recordedAt: state.declaredAt, text: 'Issue detected', rank: MUST },
    {
      at: state.declaredAt,
      text: `Declared as ${state.declared.severity} by ${by}${condition}${atOnce === undefined ? '' : `. ${atOnce.what} chosen`}`,
      rank: MUST,
    },
    ...decisions
      .filter((each) => each !== atOnce)
      .map(({ at, who, what }) => ({ at, text: `${what} chosen by ${who}`, rank: CHOICE })),
    ...(state.startedAt === null
      ? []
      : [
          {
            at: state.startedAt,
            text: `Rollback initiated${first === undefined ? '' : `: ${titleOf(first.stepId, source.context)}`}`,
            rank: MUST,
          },
        ]),
  ];
}

/** What went wrong on the way, and what a person starred or noted as important. */
const troubles = (source: ReportSource): readonly Line[] =>
  source.entries
    .filter((entry) => entry.starred && (isTrouble(entry) || entry.kind === 'note.added'))
    .map((entry) => ({
      at: entry.occurredAt ?? entry.at,
      ...(entry.occurredAt === null ? {} : { recordedAt: entry.at }),
      text: entry.text,
      rank: TROUBLE,
    }));

/** Changes after the rollback was effective: from here on it was not, until its next proof. */
const proofsTakenBack = ({ state, context }: ReportSource): readonly Line[] =>
  [...state.runs.values()].filter(restartedClock).map(({ intendedAt, stepId }) => ({
    at: intendedAt,
    text: `A new change took the earlier proof back: ${titleOf(stepId, context)}`,
    rank: TROUBLE,
  }));

const TOLD_BY_STEP: ReadonlySet<string> = new Set(['run.ended', 'proof.evaluated', 'service.ended']);

/** A failed command or proof is told by the end of its step. */
const isTrouble = ({ tone, kind }: TimelineEntry): boolean => tone === 'bad' && !TOLD_BY_STEP.has(kind);

function proofs(source: ReportSource): readonly Line[] {
  const { state, context } = source;
  return [
    ...eventsOf(source, 'service.ended').map(({ at, payload }) => ({
      at,
      text: `${payload.service} ${versionsText(payload.before)} → ${afterText(payload.after, known(source, payload.service))}: ${payload.outcome === 'verified' ? 'proven' : payload.outcome}`,
      rank: payload.outcome === 'verified' ? PROOF : TROUBLE,
    })),
    ...eventsOf(source, 'proof.evaluated')
      .filter(({ payload }) => payload.met)
      .flatMap(({ at, payload }) => {
        const step = context.steps.get(payload.stepId);
        const { deploys } = step === undefined ? {} : definitionOf(step);
        if (deploys === 'several-services') return [];
        const what =
          deploys === 'one-service'
            ? `${versionsText(payload.before)} → ${afterText(payload.after, state)}`
            : titleOf(payload.stepId, context);
        return [{ at, text: `${what}: proven`, rank: PROOF }];
      }),
    ...eventsOf(source, 'maintenance.checked')
      .filter(({ payload }) => payload.met === true)
      .map(({ at, payload }) => ({ at, text: `Maintenance mode ${payload.mode}: proven`, rank: CHOICE })),
    ...eventsOf(source, 'machines.checked')
      .filter(({ payload }) => payload.met)
      .map(({ at, payload }) => ({
        at,
        text: `All machines of ${payload.service} ${payload.what === 'stop' ? 'stopped' : 'started'}: proven`,
        rank: CHOICE,
      })),
  ];
}

/** The choice and releases that an image's version is known by. */
export const known = ({ state }: ReportSource, service: string) => state.system[service] ?? state;

/** The milestones the lines above do not tell. */
const TOLD: ReadonlySet<string> = new Set(['Detected', 'Declared', 'Decided', 'Started', 'Effective', 'Stable']);

function ended(source: ReportSource): readonly Line[] {
  const { state } = source;
  const { effectiveAt, symptomGone, fixForward, watch, resolvedAt } = state;
  const others = milestones(source).flatMap(({ name, at }) =>
    at === null || TOLD.has(name)
      ? []
      : [{ at, text: name === 'Contained' ? 'Contained: the harm is stopped' : name, rank: MUST }],
  );
  const over = source.entries.find(({ kind }) => kind === 'incident.resolved');
  return [
    ...others,
    ...(effectiveAt === null
      ? []
      : [
          {
            at: effectiveAt,
            text: `${fixForward === null ? 'Rollback' : 'Fix'} completed, the symptom is gone${symptomGone === null ? '' : `: ${symptomGone.observed.replace(/\.$/, '')}`}`,
            rank: MUST,
          },
        ]),
    ...(watch?.completed === true && watch.endedAt !== null
      ? [{ at: watch.endedAt, text: `System stable after a watch of ${count(watch.minutes, 'minute')}`, rank: MUST }]
      : []),
    ...(resolvedAt === null
      ? []
      : [{ at: resolvedAt, text: `Resolved${over === undefined ? '' : ` by ${over.actor}`}`, rank: MUST }]),
  ];
}

/** `rollbook drill --schedule` and `--history`. */
import { resolve } from 'node:path';
import { leftAs } from '#shared/drills/left-as.ts';
import { listedTitle } from '#shared/drills/listed-title.ts';
import { provenText } from '#shared/drills/last-proven.ts';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import type { DrillBookView } from '#shared/api/drill-calls.ts';
import type { Due } from '#shared/drills/schedule.ts';
import type { OpenCore } from '#core/core.ts';
import { durationText } from '#shared/words/duration.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { columns, print, type Terminal } from '../terminal.ts';
import { invocation } from '../invocation.ts';

/**
 * Exit 1 when a drill is overdue or was never held, so that a nightly job can tell. `file`: the runbook; null: the bundled
 * one.
 */
export async function drillSchedule(
  terminal: Terminal,
  core: OpenCore,
  file: string | null,
  json: boolean,
): Promise<ExitCode> {
  const { drills, runbooks } = core.services;
  const hash = file === null ? null : (await runbooks.importFile(resolve(terminal.cwd, file))).hash;
  const { runbook, now, schedule, proven } = await drills.book(hash);
  print(terminal, json, { runbook, now, schedule, proven }, scheduleText);
  return schedule.some(({ standing }) => standing === 'overdue' || standing === 'never') ? EXIT.failed : EXIT.ok;
}

export async function drillHistory(terminal: Terminal, core: OpenCore, json: boolean): Promise<ExitCode> {
  const { drills } = await core.services.drills.book(null);
  const open = core.services.incidents.list().filter(({ kind }) => kind === 'drill');
  const interrupted = open.filter((each) => leftAs(each) === 'interrupted');
  const unattended = open.filter((each) => leftAs(each) === 'unattended');
  print(terminal, json, { drills, interrupted, unattended }, (shown) =>
    [historyText(shown), ...[...interrupted, ...unattended].map(leftText)].join('\n'),
  );
  return EXIT.ok;
}

type Shown = Pick<DrillBookView, 'runbook' | 'now' | 'schedule' | 'proven'>;

function scheduleText({ runbook, now, schedule, proven }: Shown): string {
  if (schedule.length === 0) {
    return `${runbook.title} has no drill schedule. Add a section "Drill schedule" with lines such as "A rollback drill every month".`;
  }
  return [
    columns([
      ['DRILL', 'STANDING', 'LAST HELD', 'DUE', 'THE RUNBOOK SAYS'],
      ...schedule.map((due) => [due.kind, due.standing, day(due.last?.at ?? null), dueText(due), due.text]),
    ]),
    '',
    ...proven.map((each) => `${each.title}: ${provenText(each, now)}`),
  ].join('\n');
}

const day = (at: number | null): string => (at === null ? '-' : new Date(at).toISOString().slice(0, 10));

const dueText = ({ dueAt, standing }: Due): string =>
  dueAt === null ? (standing === 'never' ? 'now' : '-') : day(dueAt);

const leftText = (drill: IncidentSummary): string =>
  `Open, ${leftAs(drill)}: ${listedTitle(drill)}. Go on: ${invocation()} run --resume ${drill.id}. End it: ${invocation()} resolve ${drill.id} "why".`;

function historyText({ drills }: Pick<DrillBookView, 'drills'>): string {
  if (drills.length === 0) return 'No drill was held to its end on this machine yet.';
  return columns([
    ['HELD (UTC)', 'SCENARIO', 'TOOLS', 'OUTCOME', 'DECLARED', 'MITIGATION / TARGET', 'DEVIATIONS', 'STOPS'],
    ...drills.map((drill) => [
      new Date(drill.heldAt).toISOString().slice(0, 16).replace('T', ' '),
      drill.scenario ?? drill.title,
      drill.adapter,
      drill.outcome ?? '-',
      drill.expected ?? '-',
      `${drill.containedMs === null ? '' : `contained ${durationText(drill.containedMs)}, `}${drill.mitigationMs === null ? 'not reached' : durationText(drill.mitigationMs)} / ${drill.targetMs === null ? 'none' : durationText(drill.targetMs)}`,
      String(drill.deviations.length),
      String(drill.stops),
    ]),
  ]);
}

/** `rollbook follow-ups`: what is due after a rollback, and doing or waiving it. */
import { count } from '#shared/words/count.ts';
import { durationText } from '#shared/words/duration.ts';
import { type DueFollowUp, followUps, isOpen } from '#shared/incident/follow-ups.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { indented, proseText } from '#shared/runbook/prose-text.ts';
import type { FollowUpGroup } from '#shared/runbook/model.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { OpenCore } from '#core/core.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { actOnce } from '../act.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { print, type Terminal } from '../terminal.ts';
import { sayWaitingIn } from '../warnings.ts';

export interface FollowUpOptions {
  /** Numbers of the list, from 1. */
  readonly done?: number;
  readonly waive?: readonly number[];
  /** What was seen: one text for each open exit criterion, in order; or why it is waived. */
  readonly saying?: readonly string[];
  readonly json: boolean;
}

/** Exit 1 while one is overdue. Codes: `not-found`, `bad-arguments`, `not-allowed`, `lease-held`. */
export async function followUpsOf(
  terminal: Terminal,
  core: OpenCore,
  incidentId: string,
  { done, waive, saying = [], json }: FollowUpOptions,
): Promise<ExitCode> {
  if (done === undefined && waive === undefined && saying.length > 0)
    throw new RollbookError('bad-arguments', '--saying goes with --done or --waive.', 'Name the follow-up: --done N.');
  if (waive !== undefined && saying.join('').trim() === '')
    throw new RollbookError('bad-arguments', 'It is waived without a reason.', 'Add --saying "why".');
  const incident = await core.services.incidents.open(incidentId);
  const { context } = incident;
  const now = context.eventLog.now();
  const list = (): readonly DueFollowUp[] => followUps(context.eventLog.state, context.runbook, now);
  const numbers = [...(done === undefined ? [] : [done]), ...(waive ?? [])];
  const chosen = numbers.map((number) => numbered(list(), number));
  if (done !== undefined) await act(incident, core, doneIntents(chosen.slice(0, 1), saying));
  if (waive !== undefined && waive.length > 0) {
    const items = chosen.slice(done === undefined ? 0 : 1).map(({ item }) => item.id);
    await act(incident, core, [{ kind: 'settle-follow-ups', items, how: 'waived', reason: saying.join('; ') }]);
  }
  const due = list();
  const result = due.map(({ item, group, dueAt, standing, reason, openChecks }, index) => ({
    number: index + 1,
    id: item.id,
    title: item.title,
    group: group.title,
    dueAt,
    standing,
    reason,
    open: openChecks.map(({ text }) => text),
  }));
  sayWaitingIn(terminal, core, [incidentId]);
  print(terminal, json, { incidentId, followUps: result }, () => listText(due, now));
  return due.some(({ standing }) => standing === 'overdue') ? EXIT.failed : EXIT.ok;
}

function numbered(list: readonly DueFollowUp[], number: number): DueFollowUp {
  const one = list[number - 1];
  if (one !== undefined) return one;
  throw new RollbookError('bad-arguments', `There is no follow-up ${number}.`, `There are ${list.length}.`);
}

/** Ticks each exit criterion with its own words: one text for all of them would prove nothing. */
function doneIntents([one]: readonly DueFollowUp[], saying: readonly string[]): readonly Intent[] {
  if (one === undefined) return [];
  const { item, openChecks } = one;
  const given = saying.filter((text) => text.trim() !== '').length;
  if (openChecks.length > 0 && given !== openChecks.length) {
    const criteria = openChecks.map(({ text }, index) => `${index + 1}. ${text}`).join('; ');
    throw new RollbookError(
      'bad-arguments',
      `"${item.title}" has ${count(openChecks.length, 'open exit criterion', 'open exit criteria')}, and --saying was given ${count(given, 'time')}: ${criteria}.`,
      'Write --saying "what you saw" once for each criterion, in this order.',
    );
  }
  return [
    ...openChecks.map(
      ({ id }, index): Intent => ({
        kind: 'tick',
        stepId: item.id,
        checkId: id,
        ticked: true,
        observed: saying[index] ?? '',
      }),
    ),
    { kind: 'settle-follow-ups', items: [item.id], how: 'done', reason: saying.join('; ') },
  ];
}

async function act(incident: OpenIncident, core: OpenCore, intents: readonly Intent[]): Promise<void> {
  for (const intent of intents) await actOnce(incident, intent, core.services);
}

/** Also the reminder at the end of `rollbook run`. */
export function listText(list: readonly DueFollowUp[], now: number): string {
  if (list.length === 0) return 'No follow-ups: nothing was rolled back, or the runbook names none.';
  return list
    .map((one, index) => {
      const criteria = isOpen(one) ? one.openChecks.map(({ text }) => `\n       [ ] ${text}`).join('') : '';
      const own = isOpen(one) ? proseText(one.item.prose) : '';
      const text = own === '' ? '' : `\n${indented(own, '       ')}`;
      const isFirst = list.find(({ group }) => group.id === one.group.id) === one;
      return `${isFirst ? groupText(one.group, list) : ''}  ${String(index + 1).padStart(2)}. ${one.item.title}: ${standingText(one, now)}${text}${criteria}`;
    })
    .join('\n');
}

/** The title of a group and its text in the runbook, in front of its first item; '' when nothing of it is open. */
function groupText(group: FollowUpGroup, list: readonly DueFollowUp[]): string {
  if (!list.some((each) => each.group.id === group.id && isOpen(each))) return '';
  const text = proseText(group.prose);
  return `  ${group.title}${text === '' ? '' : `\n${indented(text, '     ')}`}\n`;
}

function standingText({ standing, dueAt, reason, group }: DueFollowUp, now: number): string {
  if (standing === 'done' || standing === 'waived') return `${standing}${reason === '' ? '' : `, ${reason}`}`;
  if (dueAt === null) return `${group.title}, counts from the moment the rollback is effective`;
  if (standing === 'overdue') return `OVERDUE by ${durationText(now - dueAt)}`;
  return dueAt > now ? `due in ${durationText(dueAt - now)}` : 'its time is up; drills do not remind';
}

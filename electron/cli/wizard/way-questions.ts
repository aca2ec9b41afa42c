/** Questions about the way on: the procedure, fixing forward, and the checklist before a rollback. */
import { checklistStanding, saysNo } from '#shared/incident/checklist.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { mayFixForward, rowOf } from '#shared/incident/matrix-row.ts';
import { incidentProcedures } from '#shared/runbook/practice-procedures.ts';
import { messageText } from './messages.ts';
import { type Asking, choose, type Question, words } from './asking.ts';

const HOUR_MS = 3_600_000;

/** Procedures of the matrix row come first; a P2 or P3 may be fixed forward instead. */
const procedure: Question = async (asking) => {
  const { runbook, eventLog } = asking.context;
  const fits = rowOf(eventLog.state, runbook)?.procedures ?? [];
  const rank = (id: string): number => (fits.includes(id) ? fits.indexOf(id) : fits.length);
  const procedures = incidentProcedures(runbook).toSorted((a, b) => rank(a.id) - rank(b.id));
  const forward = mayFixForward(eventLog.state.severity) && eventLog.state.fixForward === null;
  const index = await choose(asking, 'Which way?', [
    ...procedures.map(({ id, title }) => (fits.includes(id) ? `${title} (fits the row)` : title)),
    ...(forward ? ['Fix forward: roll nothing back'] : []),
  ]);
  if (index === null) return null;
  const chosen = procedures[index];
  return chosen === undefined
    ? [{ kind: 'fix-forward', reason: 'chosen in the terminal' }]
    : [{ kind: 'choose-procedure', procedureId: chosen.id, reason: 'chosen in the terminal' }];
};

const fixForward: Question = async (asking, step) => {
  const index = await choose(
    asking,
    'Fixing forward. The clock runs until the fix was seen to work.',
    ['The fix works', 'Roll back after all', 'Write a note'],
    'nothing',
  );
  if (index === null) return null;
  if (index === 1) return await procedure(asking, step);
  const said = await words(asking, index === 0 ? 'What do you see' : 'Note');
  if (said === null) return null;
  return [index === 0 ? { kind: 'confirm-symptom-gone', observed: said } : { kind: 'note', text: said, starred: true }];
};

/** Enter takes what Rollbook knows already; "defer" puts off what is left. */
export const checklist: Question = async (asking) => {
  const { runbook, eventLog } = asking.context;
  const standing = checklistStanding(eventLog.state, runbook);
  if (standing === null) return null;
  asking.say(`\n${standing.checklist.title}: ${standing.open} open. "defer" puts off all that is left.\n`);
  for (const { check, known, messages } of standing.items.filter(({ open }) => open)) {
    asking.say(`\n[ ] ${check.text}\n`);
    for (const question of check.questions ?? []) asking.say(`    - ${question}\n`);
    for (const message of messages) asking.say(`${indented(messageText(asking.context, message))}\n`);
    const typed = await observedOf(asking, known);
    if (typed === null) return null;
    if (typed.toLowerCase() === 'defer') return await putOff(asking);
    const stepId = standing.checklist.id;
    const tick: Intent = { kind: 'tick', stepId, checkId: check.id, ticked: true, observed: typed };
    if (!(await asking.send([tick]))) return [];
    if (saysNo(typed)) asking.say('    Not ticked. It stays open; "defer" puts it off.\n');
  }
  return [];
};

async function putOff(asking: Asking): Promise<readonly Intent[]> {
  const reason = await words(asking, 'Why is it put off');
  return reason === null ? [] : [{ kind: 'defer-checklist', reason, dueInMs: HOUR_MS }];
}

async function observedOf({ prompt, say }: Asking, known: string): Promise<string | null> {
  for (;;) {
    const typed = await prompt.ask(`    What do you see${known === '' ? '' : ` [${known}]`}: `);
    if (typed === null || typed !== '') return typed;
    if (known !== '') return known;
    say('    Something has to be written here, or "defer".\n');
  }
}

const indented = (text: string): string => text.replace(/^/gm, '    | ');

export const WAY_QUESTIONS = { procedure, checklist, 'fix-forward': fixForward } as const;

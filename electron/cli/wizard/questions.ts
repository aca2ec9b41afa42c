/** The questions of the wizard, one row for each kind. The answer is a list of intents; null: the person left the question. */
import { count } from '#shared/words/count.ts';
import { nameIn } from '#shared/platforms/release-name.ts';
import { type Alternative, alternatives } from '#shared/incident/alternatives.ts';
import { allSteps } from '#shared/incident/branches.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { saysNo } from '#shared/incident/checklist.ts';
import type { Ask, NextAction } from '#shared/steps/action.ts';
import { clockAtSymptom } from '#shared/incident/proof-taken-back.ts';
import { stepState } from '#shared/incident/state.ts';
import { secondService, rolledBackAlready } from '#shared/incident/rolled-back-services.ts';
import { serviceState, undecided } from '#shared/incident/services.ts';
import type { Step } from '#shared/runbook/model.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import { columns } from '../terminal.ts';
import { approval } from './approval-questions.ts';
import { BRANCH_QUESTIONS } from './branch-questions.ts';
import { checkText } from './introduction.ts';
import { ranByHand } from './by-hand.ts';
import { type Asking, choose, type Question, words } from './asking.ts';
import { DATABASE_QUESTIONS } from './database-questions.ts';
import { messageText } from './messages.ts';
import { WAY_QUESTIONS } from './way-questions.ts';

const PICK_ORDER = { proposed: 0, possible: 1, unknown: 2, bad: 3 } as const;

const QUESTIONS: Readonly<Record<Ask, Question>> = {
  ...WAY_QUESTIONS,

  approval,

  release: async (asking, step) => {
    const read = asking.context.eventLog.state.releases;
    if (read === null || step === undefined) return null;
    if (read.clocks !== undefined) asking.say(`\n${read.clocks}\n`);
    const listed = read.releases;
    const rows = read.verdicts.toSorted((a, b) => PICK_ORDER[a.verdict] - PICK_ORDER[b.verdict]);
    if (read.proposed === null) asking.say('\nNo release is proposed: none is surely good.\n');
    const labels = columns(rows.map(({ version, verdict, why }) => [nameIn(listed, version), verdict, why])).split(
      '\n',
    );
    const second = another(asking, step);
    // Without a proposal Enter takes nothing: what comes first would be no better than the others.
    const enter = read.proposed === null ? 'nothing' : 'first';
    const index = await choose(asking, 'Go back to which release?', [...labels, ...(second?.labels ?? [])], enter);
    if (second !== null && index === rows.length) return second.intents;
    const version = index === null ? undefined : rows[index]?.version;
    return version === undefined ? null : [{ kind: 'choose-release', stepId: step.id, version, immediate: false }];
  },

  releases: async (asking, step) => {
    if (step === undefined) return null;
    const { state } = asking.context.eventLog;
    const picks: Extract<Intent, { kind: 'choose-releases' }>['picks'] = [];
    for (const service of undecided(state, step, asking.context.runbook)) {
      const { releases: known } = serviceState(state, service);
      const verdicts = known?.verdicts ?? [];
      const listed = known?.releases;
      if (known?.clocks !== undefined) asking.say(`\n${known.clocks}\n`);
      const rows = verdicts.toSorted((a, b) => Number(b.verdict === 'proposed') - Number(a.verdict === 'proposed'));
      const back = rolledBackAlready(state, asking.context.runbook, service);
      const labels = columns(rows.map(({ version, verdict, why }) => [nameIn(listed, version), verdict, why])).split(
        '\n',
      );
      const releases = rows.length === 0 ? [] : labels;
      const leave = `Leave it as it is${back === null ? '' : `: it ${back}`}`;
      // Enter takes the first: what went back already stays.
      const index = await choose(
        asking,
        `${service}: go back to which release?`,
        back === null ? [...releases, leave] : [leave, ...releases],
      );
      if (index === null) return null;
      const version = rows[back === null ? index : index - 1]?.version ?? null;
      const reason = version === null ? (back ?? (await words(asking, 'Why'))) : '';
      if (reason === null) return null;
      picks.push({ service, version, reason });
    }
    return [{ kind: 'choose-releases', stepId: step.id, picks, immediate: false }];
  },

  symptom: async (asking, step) => {
    const { state } = asking.context.eventLog;
    asking.say(`\nThe symptom was: ${state.declared.symptom}\n`);
    if (state.proofMetAt === null) asking.say(`${clockAtSymptom(state)}\n`);
    const second = step === undefined ? null : another(asking, step);
    const answers = ['Yes, it is gone', 'No, it is still there', ...(second?.labels ?? [])];
    const index = await choose(asking, 'Is it gone?', answers);
    if (index === null) return null;
    if (second !== null && index === 2) return second.intents;
    const observed = await words(asking, 'What do you see (for example "HTTP 200, v9")');
    if (observed === null) return null;
    return [index === 0 ? { kind: 'confirm-symptom-gone', observed } : { kind: 'symptom-remains', observed }];
  },

  checks: async (asking, step) => {
    if (step === undefined) return null;
    const { ticks } = stepState(asking.context.eventLog.state, step.id);
    for (const message of step.messages)
      asking.say(
        `\n${messageText(asking.context, message)}\n  (once it is sent: /message N sent WHERE; /message N fill VALUE for a [bracket]; /message lists them)\n`,
      );
    let no = false;
    for (const check of step.checks.filter(({ id }) => ticks[id]?.ticked !== true)) {
      asking.say(checkText(check));
      const observed = await words(
        asking,
        `[ ] ${check.text}\n    What do you see ("no": it is not so; "skip" skips the whole step)`,
      );
      if (observed === null) return null;
      const tick: Intent = { kind: 'tick', stepId: step.id, checkId: check.id, ticked: true, observed };
      if (!(await asking.send([tick]))) return [];
      if (saysNo(observed)) {
        no = true;
        asking.say('Not ticked. The step stays open: "skip" leaves it out with a reason, "other" is another way.\n');
      } else asking.say(`[x] Ticked: ${check.text}\n`);
    }
    if (no) return [];
    const observed = step.checks.length > 0 ? 'all ticked' : await words(asking, `${step.title}: what do you see`);
    return observed === null ? null : [{ kind: 'confirm-step', stepId: step.id, observed }];
  },

  'by-hand': async (asking, step) => {
    if (step === undefined) return null;
    const index = await choose(asking, `${step.title}: what now?`, ['I ran it by hand', 'Skip this step'], 'nothing');
    if (index === null) return null;
    return index === 0 && step.commands.length > 0 ? await ranByHand(asking, step) : await skip(asking, step);
  },

  ...DATABASE_QUESTIONS,

  checkpoint: async (asking, step) => {
    const minute = asking.context.eventLog.state.watch?.asking ?? null;
    if (step === undefined || minute === null) return null;
    const index = await choose(asking, `Checkpoint after ${count(minute, 'minute')}`, [
      'All well',
      'Not well: it is back',
    ]);
    const observed = index === null ? null : await words(asking, 'What do you see');
    if (observed === null) return null;
    return [{ kind: 'answer-checkpoint', stepId: step.id, minute, well: index === 0, observed }];
  },
  ...BRANCH_QUESTIONS,

  resolve: async (asking) => {
    const summary = await words(asking, '\nAll steps are over. Resolve the incident with one sentence');
    return summary === null ? null : [{ kind: 'resolve', summary }];
  },
};

/** Another service broke as well, within a rollback of one: each then has its own release, proof and outcome. */
function another({ context: { eventLog, runbook } }: Asking, step: Step) {
  const second = secondService(eventLog.state, runbook, step);
  if (second === null) return null;
  const { procedure, others } = second;
  const reason = `another service than ${eventLog.state.declared.service} is broken as well`;
  const intents: readonly Intent[] = [{ kind: 'choose-procedure', procedureId: procedure.id, reason }];
  return { labels: [`Another service is broken as well (${others.join(', ')}): ${procedure.title}`], intents };
}

/** Left out, with a reason. */
export async function skip(asking: Asking, step: Step): Promise<readonly Intent[] | null> {
  const reason = await words(asking, `Why is "${step.title}" skipped ("back": not now)`);
  if (reason !== null && isBack(reason)) return [];
  return reason === null ? null : [{ kind: 'skip-step', stepId: step.id, reason }];
}

/** Not a reason: the question was entered by mistake, and the step is asked about again. */
const isBack = (text: string): boolean => /^back$/i.test(text.trim());

/** The answers to an `ask` or a `decide`. */
export async function askFor(
  asking: Asking,
  action: Extract<NextAction, { kind: 'ask' | 'decide' }>,
): Promise<readonly Intent[] | null> {
  const step = allSteps(asking.context.runbook).find(({ id }) => id === action.stepId);
  if (action.kind === 'ask') return await QUESTIONS[action.ask](asking, step);
  if (step === undefined) return null;
  const { state } = asking.context.eventLog;
  asking.say(`\n${action.label}\n${stepState(state, step.id).reason}\n`);
  return await otherWay(asking, step);
}

/** Every way on from a step, each with its risk; branches with what they run and when they count. */
export async function otherWay(asking: Asking, step: Step): Promise<readonly Intent[] | null> {
  const ways = alternatives(asking.context.eventLog.state, asking.context.runbook, step);
  const others = ways.filter(({ intent }) => intent !== null);
  const labels = [
    ...others.map(wayText),
    ...(step.commands.length > 0 ? ['I ran it by hand'] : []),
    'Skip this step',
    'Resolve the incident as it is',
  ];
  const index = await choose(asking, 'What now?', labels, 'nothing');
  if (index === null) return null;
  const intent = others[index]?.intent;
  if (intent) return [intent];
  const last = labels.length - 1;
  if (index === last) {
    const summary = await words(asking, 'Why is it resolved as it is ("back": not now)');
    if (summary !== null && isBack(summary)) return [];
    return summary === null ? null : [{ kind: 'resolve', summary }];
  }
  return index === last - 1 ? await skip(asking, step) : await ranByHand(asking, step);
}

function wayText({ label, risk, where, proof = [], branch }: Alternative): string {
  if (branch === undefined) return [`${label} (${risk})`, ...proof.map((found) => `✓ ${found}`)].join('\n       ');
  return [
    `${label}${branch.fits ? '   <- fits what failed' : ''}`,
    risk,
    ...(where === null ? [] : [where]),
    ...branch.commands.map((command) => `$ ${visibleCommand(command)}`),
    branch.contract,
    ...(branch.issue === null ? [] : [`From "${branch.issue}" in the runbook`]),
    ...branch.advice.map((advice) => `- ${advice}`),
  ].join('\n       ');
}

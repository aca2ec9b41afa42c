/** Questions about branches, values and logins; rows of questions.ts. */
import { runInThisTerminal } from '#core/runner/child-without-output.ts';
import { durationText } from '#shared/words/duration.ts';
import { LOGINS, loginCommand } from '#shared/platforms/logins.ts';
import { missingValues } from '#shared/incident/variables.ts';
import { linkOf } from '#shared/incident/branches.ts';
import { RESTORE_APPROVAL } from '#shared/incident/approval-policy.ts';
import { answersFor } from '#core/incidents/answers-from-output.ts';
import { valueFor } from './value-question.ts';
import { givenText, whoAgreed } from './approval-questions.ts';
import { choose, type Question, words } from './asking.ts';

export const BRANCH_QUESTIONS: { readonly [K in 'values' | 'restore' | 'login' | 'dashboard']: Question } = {
  values: async (asking, step) => {
    if (step === undefined) return null;
    const { state } = asking.context.eventLog;
    const values: Record<string, string> = {};
    asking.say(`\n${step.title} needs values. "back" gives none, "hand" if you ran it elsewhere.\n`);
    const answers = await answersFor(asking.context, step);
    for (const variable of missingValues(state, asking.context.runbook, step)) {
      const value = await valueFor(asking, variable, answers[variable.name] ?? []);
      if (value === null) return null;
      if (value === 'back') return await back(asking, step.id);
      values[variable.name] = value;
    }
    return [{ kind: 'give-values', stepId: step.id, values }];
  },

  restore: async (asking, step) => {
    const { restore } = asking.context.eventLog.state.branches;
    if (restore === null || step === undefined) return null;
    const { window, project, problem } = restore;
    if (window === null) {
      asking.say(`\nNo moment of ${project} can be restored: ${problem ?? ''}\n`);
      return [{ kind: 'leave-branch', reason: problem ?? 'nothing can be restored' }];
    }
    const utc = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');
    asking.say(`\nFrom ${utc(window.from)} to ${utc(window.until)} (UTC). All that was written since is lost.\n`);
    const typed = await words(asking, 'To which moment (for example 2025-10-13T09:50:00Z), or "back"');
    if (typed === null) return null;
    if (typed === 'back') return [{ kind: 'leave-branch', reason: 'no moment was chosen' }];
    const to = Date.parse(/(?:z|[+-]\d\d:?\d\d)$/i.test(typed) ? typed : `${typed.replace(' ', 'T')}Z`);
    if (Number.isNaN(to)) {
      asking.say(`"${typed}" is no moment.\n`);
      return [];
    }
    const loss = durationText(Math.max(0, asking.context.adapter.clock.now() - to));
    asking.say(`LOST: everything written in the last ${loss}. This needs an approval of its own.\n`);
    const none = { who: '', role: '', how: '', words: '', reason: '', typed: '' };
    // A note: as an approval it could count for the procedure, which may ask for less.
    const agreed = await whoAgreed(asking, RESTORE_APPROVAL, project, (given) =>
      asking.send([
        { kind: 'note', starred: true, text: `Restore approved by ${givenText(given)}, which does not suffice` },
      ]),
    );
    if (agreed === null) return null;
    const { kind: _, ...said } = agreed;
    return [{ kind: 'choose-restore', stepId: step.id, to, ...none, ...said }];
  },

  login: async (asking) => {
    const { login } = asking.context.eventLog.state.branches;
    if (login === null) return [];
    const command = loginCommand(login.tool);
    asking.say(`\nThe login of ${login.tool} has expired.\n`);
    const index = await choose(asking, 'What now?', [
      `Run ${command} here, in this terminal`,
      'I log in elsewhere: ask until it works',
      'Go on without',
    ]);
    if (index === null) return null;
    if (index === 2) return [{ kind: 'skip-login', reason: 'gone on without' }];
    // A drill's tools have no place on this machine.
    if (index === 0 && asking.context.adapter.name === 'real') await inThisTerminal(asking, login.tool);
    return [{ kind: 'log-in', here: asking.context.adapter.name === 'real' }];
  },

  dashboard: async (asking, step) => {
    if (step === undefined) return null;
    asking.say(`\n${step.title}: ${linkOf(step, asking.context.eventLog.state)}\n  ${step.risk ?? ''}\n`);
    const observed = await words(asking, 'What did you see there ("back" leaves it)');
    if (observed === null) return null;
    if (observed === 'back') return [{ kind: 'leave-branch', reason: 'it did not help' }];
    return [{ kind: 'confirm-step', stepId: step.id, observed }];
  },
};

/** In a branch, returns to the failed step; elsewhere the step is skipped. */
async function back(asking: Parameters<Question>[0], stepId: string): ReturnType<Question> {
  if (asking.context.eventLog.state.branches.taken !== null)
    return [{ kind: 'leave-branch', reason: 'the values it needs were not given' }];
  const reason = await words(asking, 'Why is the step skipped');
  return reason === null ? null : [{ kind: 'skip-step', stepId, reason }];
}

/** The tool has the whole terminal until it ends; the wizard reads nothing meanwhile. */
async function inThisTerminal({ context, prompt }: Parameters<Question>[0], tool: string): Promise<void> {
  const found = await context.adapter.tools.locate(tool);
  if (found === null) return;
  await prompt.leave(() => runInThisTerminal([found.path, ...(LOGINS[tool]?.login ?? [])], context.environment));
}

import { ask, checkProof, hasChanged, read, runChange } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Restores the database to an earlier moment. Choosing the moment needs its own approval, so none is asked for here. */
export const restoreDatabase: StepKindDefinition = {
  lead: 'Reads which moments can be restored. Nothing is changed yet.',
  provenBy: 'rollbook',
  commands: 'filled-in',
  changesDatabase: true,
  next: (state, _runbook, step) => {
    const [command] = step.commands;
    const { restore, restoreTo } = state.branches;
    if (command === undefined) return ask(step, 'Restore it by hand', 'by-hand');
    if (restore?.stepId !== step.id) return read(step, 'Read which moments can be restored');
    if (hasChanged(state, step)) return checkProof(step, 'Check the project and ask the database');
    if (restoreTo === null) return ask(step, 'Choose the moment to go back to', 'restore');
    return runChange(step, command, `Restore ${restore.project}`);
  },
  branch: {
    recognises: (commands, { database }) =>
      database !== undefined && commands.some(({ text }) => /^supabase backups restore\b/.test(text)),
    title: 'Restore the database to a moment before the trouble',
    risk: 'Everything written since that moment is lost, and the project is down while it runs. It needs its own approval.',
    contract: 'Verified when the project is up again and a query answers; starting it proves nothing.',
    endsItsStep: true,
    losesData: true,
  },
};

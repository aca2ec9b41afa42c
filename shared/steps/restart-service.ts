import { calledCommands } from '../effects/effect.ts';
import { askApproval, ask, checkProof, needsApproval, nextAsWritten } from './action.ts';
import type { StepKindDefinition } from './step-kind.ts';

/** Starts the same release again. Proven by what runs afterwards, and by what the service declares. */
export const restartService: StepKindDefinition = {
  lead: null,
  provenBy: 'rollbook',
  keepsRelease: true,
  commands: 'as-written',
  next: (state, runbook, step) => {
    if (step.commands.length === 0) return ask(step, 'Restart it by hand', 'by-hand');
    const next = nextAsWritten(state, step);
    if (next === null) return checkProof(step);
    return next.changes && needsApproval(state, runbook) ? askApproval(step) : next;
  },
  branch: {
    recognises: (commands) => {
      const calls = commands.flatMap(({ text }) => calledCommands(text));
      return calls.some(restarts) && calls.every((call) => call.effect === 'read' || restarts(call));
    },
    contract:
      'Verified when the release that ran before runs again, and what the service declares holds afterwards: its `prove` commands and its health address.',
  },
};

/** By tool, the commands that start again what runs. */
const RESTARTS: Readonly<Record<string, RegExp>> = {
  kubectl: /^rollout restart\b/,
  heroku: /^(?:ps:)?restart\b/,
  fly: /^(?:machine|apps) restart\b/,
  systemctl: /^(?:try-)?restart\b/,
  docker: /^compose restart\b/,
  'docker-compose': /^restart\b/,
};

const restarts = ({ tool, path }: { readonly tool: string; readonly path: readonly string[] }): boolean =>
  RESTARTS[tool]?.test(path.join(' ')) === true;

/**
 * Every intent with its handler, and the intents that are allowed once an incident is over. Begin here to read this
 * folder.
 */
import { type Failure, RollbookError } from '#shared/api/result.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { bringsServiceBack } from '#shared/incident/service-down.ts';
import { type Act, type IncidentContext, type Plan, refuse } from '#core/engine/incident-context.ts';
import { ACTION_HANDLERS } from './actions.ts';
import { BRANCH_HANDLERS } from './branches.ts';
import { LOGIN_HANDLERS, REFERENCE_HANDLERS } from './communication.ts';
import { DECISION_HANDLERS } from './decisions.ts';
import { FOLLOW_UP_HANDLERS, isFollowUp } from './follow-ups.ts';
import { RESPONSE_HANDLERS } from './response.ts';

const HANDLERS: { readonly [K in Intent['kind']]: Act<K> } = {
  ...DECISION_HANDLERS,
  ...RESPONSE_HANDLERS,
  ...ACTION_HANDLERS,
  ...FOLLOW_UP_HANDLERS,
  ...REFERENCE_HANDLERS,
  ...BRANCH_HANDLERS,
  ...LOGIN_HANDLERS,
};

/** Intents that only add to the record. */
const WHEN_CLOSED: ReadonlySet<Intent['kind']> = new Set<Intent['kind']>([
  'note',
  'star',
  'edit-report',
  'set-action-item',
  'remove-action-item',
  'pay-debt',
  'raise-objection',
  'report-defect',
]);
/** These also finish what is still open. */
const WHEN_RESOLVED: ReadonlySet<Intent['kind']> = new Set<Intent['kind']>([
  ...WHEN_CLOSED,
  'stop-run',
  'copied-command',
  'copied-message',
  'sent-message',
  'post-message',
  'settle-deferred',
  'settle-follow-ups',
  'defer-checklist',
  'log-escalation',
  'resolve',
  'close',
]);

/**
 * The plan for an intent in the present state. Codes: `not-allowed`, `not-found`, `no-release`, and those of its handler.
 */
export function planFor(context: IncidentContext, intent: Intent, actor: string): Plan {
  const { resolvedAt, closedAt } = context.eventLog.state;
  // Maintenance mode and stopped machines can be undone even if the incident was resolved too early.
  const lettingIn = 'stepId' in intent && bringsServiceBack(context.eventLog.state, intent.stepId ?? '');
  if (closedAt !== null && intent.kind !== 'close' && !WHEN_CLOSED.has(intent.kind))
    throw refuse('This incident is closed.', 'Add a note, or declare a new incident.');
  const following = intent.kind === 'tick' && isFollowUp(context, intent.stepId);
  if (resolvedAt !== null && !WHEN_RESOLVED.has(intent.kind) && !lettingIn && !following)
    throw refuse('This incident is resolved.', 'Add a note, or declare a new incident.');
  const act = HANDLERS[intent.kind] as (context: IncidentContext, intent: Intent, actor: string) => Plan;
  return act(context, intent, actor);
}

const STARTS_A_CHANGE: ReadonlySet<Intent['kind']> = new Set(['run-change', 'deploy-services']);

/** Refuses changes while the result of the last command is unknown. `unknown`: why it is, or null. Code: `not-allowed`. */
export function mustBeKnown({ kind }: Intent, unknown: Failure | null): void {
  if (unknown === null || !STARTS_A_CHANGE.has(kind)) return;
  throw new RollbookError(
    'not-allowed',
    `The result of the last command could not be determined: ${unknown.message}`,
    'No change is started until it is. Reading, notes, resolving and the report work; look at the service yourself.',
  );
}

/** Refuses changes while the store cannot be used. `onlyReads`: why it cannot be, or null. Code: `not-allowed`. */
export function mustNotChange({ kind }: Intent, onlyReads: Failure | null): void {
  if (onlyReads === null || !STARTS_A_CHANGE.has(kind)) return;
  throw new RollbookError(
    'not-allowed',
    `No command that changes something is run while the store cannot be used: ${onlyReads.message}`,
    'Copy the command, run it yourself, and record here that you ran it. Or make the store usable and restart Rollbook: it then uses the store and runs changes again.',
  );
}

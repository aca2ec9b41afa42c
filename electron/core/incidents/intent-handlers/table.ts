/** Every intent and what carries it out, and which are still taken once an incident is over. */
import { type Failure, RollbookError } from '#shared/contract/result.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { isWayBack } from '#shared/incident/owed-pairs.ts';
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

/** What only adds to the record, or ends what still runs. */
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

/** What the intent becomes in the present state. Codes: `not-allowed`, `not-found`, `no-release`. */
export function planFor(context: IncidentContext, intent: Intent, actor: string): Plan {
  const { resolvedAt, closedAt } = context.eventLog.state;
  // Users are not left locked out because somebody resolved the incident too early.
  const lettingIn = 'stepId' in intent && isWayBack(context.eventLog.state, intent.stepId ?? '');
  if (closedAt !== null && intent.kind !== 'close' && !WHEN_CLOSED.has(intent.kind))
    throw refuse('This incident is closed.', 'Add a note, or declare a new incident.');
  const following = intent.kind === 'tick' && isFollowUp(context, intent.stepId);
  if (resolvedAt !== null && !WHEN_RESOLVED.has(intent.kind) && !lettingIn && !following)
    throw refuse('This incident is resolved.', 'Add a note, or declare a new incident.');
  const act = HANDLERS[intent.kind] as (context: IncidentContext, intent: Intent, actor: string) => Plan;
  return act(context, intent, actor);
}

/** When a command that changes something is not started, whatever the state of its step. Reading, notes, the report go on. */

const STARTS_A_CHANGE: ReadonlySet<Intent['kind']> = new Set(['run-change', 'deploy-services']);

/** `unknown`: why it could not be found out what became of the last command, or null. Code: `not-allowed`. */
export function mustBeKnown({ kind }: Intent, unknown: Failure | null): void {
  if (unknown === null || !STARTS_A_CHANGE.has(kind)) return;
  throw new RollbookError(
    'not-allowed',
    `What became of the last command could not be found out: ${unknown.message}`,
    'No change is started until it is. Reading, notes, resolving and the report work; look at the service yourself.',
  );
}

/** `onlyReads`: why the store cannot be used, or null. Code: `not-allowed`. */
export function mustNotChange({ kind }: Intent, onlyReads: Failure | null): void {
  if (onlyReads === null || !STARTS_A_CHANGE.has(kind)) return;
  throw new RollbookError(
    'not-allowed',
    `No command that changes something is run while the store cannot be used: ${onlyReads.message}`,
    'Copy the command, run it yourself, and say here that you ran it. Or make the store usable, then start Rollbook again: it goes on in the store, with changes.',
  );
}

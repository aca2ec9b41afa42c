/** Every intent and what carries it out, and which are still taken once an incident is over. */
import type { Intent } from '#shared/incident/intent.ts';
import { bringsServiceBack } from '#shared/incident/service-down.ts';
import { type Act, type Plan, refuse, type IncidentContext } from '../../engine/incident-context.ts';
import { AFTER_ACTS, isFollowUp } from './after.ts';
import { BRANCH_ACTS } from './branches.ts';
import { DATABASE_ACTS } from './database.ts';
import { DECISIONS } from './decisions.ts';
import { WAYS } from './ways.ts';
import { EFFECTS } from './effects.ts';
import { LOGIN_ACTS } from './login.ts';
import { REFERENCE_ACTS } from './reference.ts';

const ACTS: { readonly [K in Intent['kind']]: Act<K> } = {
  ...DECISIONS,
  ...WAYS,
  ...EFFECTS,
  ...DATABASE_ACTS,
  ...AFTER_ACTS,
  ...REFERENCE_ACTS,
  ...BRANCH_ACTS,
  ...LOGIN_ACTS,
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
  const lettingIn = 'stepId' in intent && bringsServiceBack(context.eventLog.state, intent.stepId ?? '');
  if (closedAt !== null && intent.kind !== 'close' && !WHEN_CLOSED.has(intent.kind))
    throw refuse('This incident is closed.', 'Add a note, or declare a new incident.');
  const following = intent.kind === 'tick' && isFollowUp(context, intent.stepId);
  if (resolvedAt !== null && !WHEN_RESOLVED.has(intent.kind) && !lettingIn && !following)
    throw refuse('This incident is resolved.', 'Add a note, or declare a new incident.');
  const act = ACTS[intent.kind] as (context: IncidentContext, intent: Intent, actor: string) => Plan;
  return act(context, intent, actor);
}

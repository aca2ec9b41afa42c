/** An approver whose role may approve nothing would be offered in vain: it is refused when it is named. */
import { RollbookError } from '#shared/contract/result.ts';
import { KNOWN_ROLES, roleStrictness } from '#shared/incident/approval-policy.ts';
import type { Approver } from '#shared/settings/setting-schemas.ts';

/** No role is fine; so is what was stored before, else nothing beside it could be changed. Code: `bad-arguments`. */
export function mustBeKnownRoles(approvers: readonly Approver[], before: readonly Approver[]): void {
  const stored = new Set(before.map(({ role }) => role));
  const strange = approvers.find(({ role }) => role !== '' && roleStrictness(role) === 0 && !stored.has(role));
  if (strange === undefined) return;
  throw new RollbookError(
    'bad-arguments',
    `"${strange.role}" (${strange.name}) is no role that may approve.`,
    `A role says one of: ${KNOWN_ROLES}. Leave it out if there is none.`,
  );
}

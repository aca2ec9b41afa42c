import { allCommands } from '#shared/runbook/commands.ts';
import { roleMayApprove, strictestAsked } from '#shared/incident/approval-policy.ts';
import { type ChecksOf, type Found, ok, warning } from '../readiness-check.ts';

/** Whether somebody is named who may give the strictest approval that the runbook asks for. */
export const approvers: ChecksOf = ({ model, settings }) => {
  const asked = strictestAsked(model);
  // Runbooks that only read need no approval unless they say so.
  const onlyReads = model.authority.length === 0 && allCommands(model).every(({ effect }) => effect === 'read');
  if (asked === 'anyone' || onlyReads) return [];
  const role = asked.replace('-', ' ');
  const look = async (): Promise<Found> => {
    const named = settings.approvers.map((each) => `${each.name} (${each.role || 'no role'})`).join(', ');
    if (named === '')
      return warning(
        `nobody is named, and this runbook asks for the ${role}`,
        'Name who may approve, with role, under Settings.',
      );
    return settings.approvers.some((each) => roleMayApprove(each.role, asked))
      ? ok(named)
      : warning(`${named}: none of them is a ${role}`, 'Name one who may approve, with role, under Settings.');
  };
  return [{ id: 'approvers', group: 'runbook', title: 'Who may approve', look }];
};

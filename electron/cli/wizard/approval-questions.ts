/** Asks who approved: says who may, in the runbook's words, and asks again if the person named may not. */
import { bypassTarget } from '#shared/incident/bypass-target.ts';
import { roleMayApprove, whoMayApprove, type ApprovalAsked, approvalNeed } from '#shared/incident/approval-policy.ts';
import { type Asking, type Question, words } from './asking.ts';

type Agreed =
  | {
      readonly kind: 'given';
      readonly who: string;
      readonly role: string;
      readonly how: string;
      readonly words: string;
    }
  | { readonly kind: 'without'; readonly reason: string; readonly typed: string };

/** Null: the person left the question. `target`: the name whose end must be typed to proceed without approval. */
export async function whoAgreed(asking: Asking, asked: ApprovalAsked, target: string): Promise<Agreed | null> {
  asking.say(`${whoMayApprove(asked)}\n`);
  const known = asking.context.approvers();
  if (known.length > 0) asking.say(`Known: ${known.map(({ name, role }) => `${name} (${role})`).join(', ')}\n`);
  for (;;) {
    const who = await words(asking, 'Who approved (or "none" to proceed without approval)');
    if (who === null) return null;
    if (who.toLowerCase() === 'none') return await without(asking, target);
    const role = known.find(({ name }) => name === who)?.role || (await words(asking, 'Their role'));
    if (role === null) return null;
    if (!roleMayApprove(role, asked.approver)) {
      asking.say(`"${role}" may not approve this, so nothing was recorded. ${whoMayApprove(asked)}\n`);
      continue;
    }
    const how = await words(asking, 'How (verbal, Slack)');
    const said = how && (await words(asking, 'Their words'));
    return how && said ? { kind: 'given', who, role, how, words: said } : null;
  }
}

async function without(asking: Asking, target: string): Promise<Agreed | null> {
  const reason = await words(asking, 'Why without approval');
  const typed = reason && (await words(asking, `Type the end of "${target}"`));
  return reason && typed ? { kind: 'without', reason, typed } : null;
}

export const approval: Question = async (asking) => {
  const { runbook, eventLog } = asking.context;
  asking.say('\nThis needs an approval.\n');
  const need = approvalNeed(eventLog.state, runbook);
  const agreed = await whoAgreed(asking, need, bypassTarget(eventLog.state, runbook));
  if (agreed === null) return null;
  if (agreed.kind === 'without')
    return [{ kind: 'proceed-without-approval', reason: agreed.reason, typed: agreed.typed }];
  const { who, role, how, words: said } = agreed;
  return [{ kind: 'record-approval', who, role, how, words: said }];
};

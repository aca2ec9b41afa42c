/** Asks who approved, and says who may, in the runbook's words. */
import { bypassTarget } from '#shared/incident/bypass-target.ts';
import { roleMayApprove, whoMayApprove, type ApprovalAsked, approvalNeed } from '#shared/incident/approval-policy.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { type Asking, type Question, words } from './asking.ts';

interface Given {
  readonly kind: 'given';
  readonly who: string;
  readonly role: string;
  readonly how: string;
  readonly words: string;
}

type Agreed = Given | { readonly kind: 'without'; readonly reason: string; readonly typed: string };

/**
 * Null: the person left the question. `target`: the name whose end must be typed to proceed without approval.
 * `insufficient`: records the approval of a role that may not approve this; the question is then asked again.
 */
export async function whoAgreed(
  asking: Asking,
  asked: ApprovalAsked,
  target: string,
  insufficient: (given: Given) => Promise<unknown>,
): Promise<Agreed | null> {
  asking.say(`${whoMayApprove(asked)}\n`);
  const known = asking.context.approvers();
  if (known.length > 0) asking.say(`Known: ${known.map(({ name, role }) => `${name} (${role})`).join(', ')}\n`);
  for (;;) {
    const who = await words(asking, 'Who approved (or "none" to proceed without approval)');
    if (who === null) return null;
    if (who.toLowerCase() === 'none') return await without(asking, target);
    const role = known.find(({ name }) => name === who)?.role || (await words(asking, 'Their role'));
    if (role === null) return null;
    const how = await words(asking, 'How (verbal, Slack)');
    const said = how && (await words(asking, 'Their words'));
    if (!how || !said) return null;
    const given: Given = { kind: 'given', who, role, how, words: said };
    if (roleMayApprove(role, asked.approver)) return given;
    await insufficient(given);
    asking.say(`"${role}" may not approve this, so it does not suffice. ${whoMayApprove(asked)}\n`);
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
  const record = (given: Given): Promise<boolean> => asking.send([recorded(given)]);
  const agreed = await whoAgreed(asking, need, bypassTarget(eventLog.state, runbook), record);
  if (agreed === null) return null;
  if (agreed.kind === 'given') return [recorded(agreed)];
  return [{ kind: 'proceed-without-approval', reason: agreed.reason, typed: agreed.typed }];
};

export const givenText = ({ who, role, how, words: said }: Given): string => `${who} (${role}, ${how}): "${said}"`;

const recorded = ({ who, role, how, words: said }: Given): Intent => ({
  kind: 'record-approval',
  who,
  role,
  how,
  words: said,
});

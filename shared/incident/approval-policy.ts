/** Who has to approve a change: by severity and by procedure, and the stricter wins. */
import type { Approver, AuthorityRule, Runbook } from '#shared/runbook/model.ts';
import { type IncidentState } from './state.ts';

const STRICTNESS: Readonly<Record<Approver, number>> = { anyone: 0, 'team-lead': 1, manager: 2 };

/** How much authority a role has, by the words people use for it. */
const ROLE_STRICTNESS: readonly (readonly [RegExp, number])[] = [
  [/\b(cto|engineering lead|manager|director|head)\b/i, 2],
  [/\blead\b/i, 1],
];

export interface ApprovalNeed {
  readonly approver: Approver;
  /** The line of the runbook that asks for it. */
  readonly rule: AuthorityRule | null;
  readonly standing: 'not-needed' | 'needed' | 'given' | 'bypassed';
  /** Nobody has to approve, but they have to be told afterwards: "the team"; null: nobody has to be told. */
  readonly tellAfterwards: string | null;
}

export function approvalNeed(state: IncidentState, runbook: Runbook): ApprovalNeed {
  const rule = strictest(runbook.authority, state);
  // Without a rule in the runbook: the team lead, except in P0.
  const approver = rule?.approver ?? (state.severity === 'P0' ? 'anyone' : 'team-lead');
  if (approver === 'anyone') {
    return {
      approver,
      rule,
      standing: 'not-needed',
      tellAfterwards: state.severity === 'P0' ? toldAfterwards(rule) : null,
    };
  }
  const given = state.approvals.some(
    ({ role, procedureId }) => procedureId === state.procedureId && roleStrictness(role) >= STRICTNESS[approver],
  );
  const bypassed = state.bypass !== null && state.bypass.procedureId === state.procedureId;
  return { approver, rule, standing: given ? 'given' : bypassed ? 'bypassed' : 'needed', tellAfterwards: null };
}

/** Who, in the words of the rule: "tell the team afterwards", "(notify team after)". */
function toldAfterwards(rule: AuthorityRule | null): string {
  // Outside P0 Rollbook asks for the team lead when the runbook says nothing.
  if (rule === null) return 'the team lead';
  const [, who = 'team'] =
    /\b(?:tell|notify|inform)\s+(?:the\s+)?([a-z][a-z -]*?)\s*(?:\bafter|\bimmediately|[.;,)]|$)/i.exec(rule.text) ??
    [];
  return `the ${who}`;
}

export function roleStrictness(role: string): number {
  return ROLE_STRICTNESS.find(([words]) => words.test(role))?.[1] ?? 0;
}

/** The roles that can approve, in words for people. Any other role can approve nothing that needs an approval. */
export const KNOWN_ROLES = 'lead (as in "team lead"), manager, director, head, engineering lead, CTO';

export const roleMayApprove = (role: string, approver: Approver): boolean =>
  roleStrictness(role) >= STRICTNESS[approver];

/** Who has to approve, and the line of the runbook that says so. */
export type ApprovalAsked = Pick<ApprovalNeed, 'approver'> & {
  readonly rule: Pick<AuthorityRule, 'text' | 'line'> | null;
  /** The reason, when it is not a line of the runbook. */
  readonly why?: string;
};

/** Product rule 9: a point-in-time restore needs its own approval by a manager, whatever the runbook says. */
export const RESTORE_APPROVAL: ApprovalAsked = {
  approver: 'manager',
  rule: null,
  why: 'Restoring a moment loses what was written since, so it is always decided there.',
};

const ROLES_OF: Readonly<Record<Approver, string>> = {
  anyone: 'Anybody',
  'team-lead': 'A team lead, manager, director, head, engineering lead or CTO',
  manager: 'A manager, director, head, engineering lead or CTO',
};

/** Which roles may approve, and why, in the runbook's words if it has any. */
export function whoMayApprove({ approver, rule, why }: ApprovalAsked): string {
  const because =
    rule === null
      ? (why ?? 'The runbook says nothing of authority; outside P0 Rollbook asks for the team lead.')
      : `The runbook says (line ${rule.line}): "${rule.text}".`;
  return `${ROLES_OF[approver]} may approve it. ${because}`;
}

/** The strictest approver that any rule of the runbook asks for. */
export function strictestAsked({ authority }: Pick<Runbook, 'authority'>): Approver {
  if (authority.length === 0) return 'team-lead';
  return authority.map(({ approver }) => approver).reduce((a, b) => (STRICTNESS[b] > STRICTNESS[a] ? b : a));
}

function strictest(rules: readonly AuthorityRule[], state: IncidentState): AuthorityRule | null {
  let found: AuthorityRule | null = null;
  for (const rule of rules) {
    const applies =
      rule.severities.includes(state.severity) ||
      (state.procedureId !== null && rule.procedures.includes(state.procedureId));
    if (applies && (found === null || STRICTNESS[rule.approver] > STRICTNESS[found.approver])) found = rule;
  }
  return found;
}

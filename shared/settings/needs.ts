/** The settings that a runbook needs: its secrets, the logins of its tools, a checkout for tools that work on one. */
import { allCommands, callsTool } from '#shared/runbook/commands.ts';
import type { Command, Runbook } from '../runbook/model.ts';

/** Tools that use the files in their working folder. */
const CHECKOUT_TOOLS = ['npm', 'npx', 'git', 'supabase'] as const;

/** Tokens that replace a login, for machines where nobody can log in. */
const TOOL_TOKENS = [
  { tool: 'fly', name: 'FLY_API_TOKEN', use: 'fly, in place of its own login' },
  { tool: 'supabase', name: 'SUPABASE_ACCESS_TOKEN', use: 'supabase, in place of its own login' },
] as const;

export interface SecretNeed {
  readonly name: string;
  readonly use: string;
  readonly needed: boolean;
}

export function secretNeeds(runbook: Runbook): readonly SecretNeed[] {
  const { variables, database } = runbook.settings;
  const declared = Object.entries(variables).flatMap(([name, variable]): SecretNeed[] =>
    variable.from === 'environment'
      ? [{ name, use: name === database?.url ? 'address of the database' : 'a variable of the commands', needed: true }]
      : [],
  );
  const commands = allCommands(runbook);
  const tokens = TOOL_TOKENS.filter(({ tool }) => commands.some(({ text }) => callsTool(text, tool)));
  return [
    ...declared,
    ...tokens
      .filter(({ name }) => !declared.some((need) => need.name === name))
      .map(({ name, use }) => ({ name, use, needed: false })),
    { name: 'slack:live', use: 'Slack webhook for live incidents', needed: false },
    { name: 'slack:drill', use: 'Slack webhook for drills', needed: false },
  ];
}

/** The tools that need the checkout, including those of commands with in=checkout. */
export function checkoutToolsOf(runbook: Runbook): readonly string[] {
  const commands = allCommands(runbook);
  const sent = commands.flatMap(({ tool, runsIn }) => (runsIn === 'checkout' ? [tool] : []));
  const known = CHECKOUT_TOOLS.filter((tool) => commands.some(({ text }) => callsTool(text, tool)));
  return [...new Set<string>([...known, ...sent])];
}

/**
 * Whether a command runs in the checkout: `always` if the runbook says so, `if-set` if it calls a tool that works on one. A
 * script that also deploys does so only if the runbook says so, because a deploy uses the config in its working folder. A
 * deploy of an image never does (product rule 3).
 */
export function standsInCheckout({
  text,
  tool,
  runsIn,
}: Pick<Command, 'text' | 'tool' | 'runsIn'>): 'always' | 'if-set' | 'never' {
  const deploys = /\b(?:fly|flyctl)\s+deploy\b/.test(text);
  if (deploys && /\s(?:--image|-i)(?=[\s="'$]|$)/.test(text)) return 'never';
  if (runsIn === 'checkout') return 'always';
  return !deploys && CHECKOUT_TOOLS.some((each) => each === tool || callsTool(text, each)) ? 'if-set' : 'never';
}

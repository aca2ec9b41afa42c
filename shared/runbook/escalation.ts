/** Who is called after whom, as the runbook says it. */
import type { Runbook } from './model.ts';

const ESCALATION = /escalat/i;
const BETWEEN = /->|→|»|>|;|,|(?<!\s)\s+then(?=\s)/;

/**
 * The chain in order of calling: the facts under a heading about escalation, each one call; otherwise the words of a fact
 * `**Escalation**: Manager, then CTO`. Empty when the runbook names none.
 */
export function escalationChain({ facts, sections }: Runbook): readonly string[] {
  const own = sections.filter(({ title }) => ESCALATION.test(title)).flatMap((section) => section.facts);
  const line = [...facts, ...sections.flatMap((section) => section.facts)].find(({ key }) => ESCALATION.test(key));
  if (line !== undefined) return line.value.split(BETWEEN).flatMap((part) => trimmed(part));
  return own.map(({ key, value }) => (value === '' ? key : `${key}: ${value}`));
}

function trimmed(part: string): readonly string[] {
  const text = part
    .trim()
    .replace(/^(?:then|and)\s+/i, '')
    .replace(/\.$/, '')
    .trim();
  return text === '' ? [] : [text];
}

/** The first of the chain who was not called yet; null when all were, or there is no chain. */
export const nextInChain = (chain: readonly string[], called: readonly { readonly who: string }[]): string | null =>
  chain.find((who) => !called.some((call) => call.who === who)) ?? null;

/** Reads the escalation chain of a runbook. */
import type { Runbook } from './model.ts';

const ESCALATION = /escalat/i;
const BETWEEN = /->|→|»|>|;|,|(?<!\s)\s+then(?=\s)/;

/**
 * The people to call, in order: the parts of a fact `**Escalation**: Manager, then CTO`, or else the facts under a heading
 * about escalation. Empty when the runbook has none.
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

/** The first of the chain who was not called yet, or null. */
export const nextInChain = (chain: readonly string[], called: readonly { readonly who: string }[]): string | null =>
  chain.find((who) => !called.some((call) => call.who === who)) ?? null;

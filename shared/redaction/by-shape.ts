/** Tries the rules on a text, only those that may fit: most lines have nothing of what any rule needs. */

import { hintIndex } from './hint-index.ts';
import { ANY_NAME, RULES } from './rules.ts';
import type { Span } from './found-by-code.ts';

const NAMED = RULES.filter((rule) => rule.when === 'named');
const ALWAYS = RULES.filter((rule) => rule.when === 'always');
const hinted = hintIndex(
  RULES.flatMap((rule) => (typeof rule.when === 'string' ? [] : [{ hints: rule.when, find: rule.find }])),
);

export function byShape(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const rule of hinted(text)) spans.push(...rule.find(text));
  for (const rule of ALWAYS) spans.push(...rule.find(text));
  if ((text.includes('=') || text.includes(':') || text.includes('--')) && ANY_NAME.test(text)) {
    for (const rule of NAMED) spans.push(...rule.find(text));
  }
  return spans;
}

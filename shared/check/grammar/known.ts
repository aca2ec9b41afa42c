import type { Call } from '../script.ts';
import { FLY } from './fly.ts';
import type { Grammar } from './grammar.ts';
import { SUPABASE } from './supabase.ts';

const GRAMMARS: Readonly<Record<string, Grammar>> = { fly: FLY, supabase: SUPABASE };

/** The grammar of the tool a call runs, or null when none is known. */
export const grammarOf = ({ tool }: Pick<Call, 'tool'>): Grammar | null =>
  Object.hasOwn(GRAMMARS, tool) ? (GRAMMARS[tool] ?? null) : null;

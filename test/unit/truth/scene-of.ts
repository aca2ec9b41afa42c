import { KNOWN } from '#shared/truth/grammar/knowledge.ts';
import type { Rule, Scene } from '#shared/truth/rule.ts';
import { type Call, readScript } from '#shared/truth/script.ts';

/** Shell text as one step of a runbook: each line with nothing stateful in it would be a command of its own. */
export function sceneOf(text: string, step: Scene['step'] = null, earlier: readonly Call[] = []): Scene {
  return { script: readScript(text), step, earlier, knowledge: KNOWN };
}

export const problemsOf = (rule: Rule, text: string, step: Scene['step'] = null): readonly string[] =>
  rule.check(sceneOf(text, step)).map(({ message }) => message);

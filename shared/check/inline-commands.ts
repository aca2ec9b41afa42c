/** Commands that a text tells the reader to run, outside every fence: "Check the secrets: `fly secrets list`". */
import { isKnownTool } from '../runbook/effect.ts';
import type { Block } from '../runbook/model.ts';

export interface InlineCommand {
  readonly text: string;
  /** Offset in the source. */
  readonly start: number;
}

/** Behind a colon at the end of a line, or behind "run": elsewhere a command is only being talked about. */
const TOLD = /(?::|\b(?:run|execute|type))\s+`([^`\n]+)`\s*(?:[.;]\s*)?$|\b(?:run|execute)\s+`([^`\n]+)`/dgim;

export function inlineCommands(blocks: readonly Block[], source: string): readonly InlineCommand[] {
  return blocks
    .filter(({ kind }) => kind === 'list' || kind === 'paragraph')
    .flatMap(({ start, end }) =>
      [...withoutFences(source.slice(start, end)).matchAll(TOLD)].flatMap((match) => {
        const text = match[1] ?? match[2] ?? '';
        const [at] = match.indices?.[1] ?? match.indices?.[2] ?? [0];
        return isKnownTool(/^\S+/.exec(text)?.[0] ?? '') && /\s/.test(text) ? [{ text, start: start + at }] : [];
      }),
    );
}

/** Fences inside lists are blanked, so that offsets stay true. */
function withoutFences(text: string): string {
  return text.replace(/^[ \t>]*(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n[\s\S]*?(?:^[ \t>]*\1[^\n]*$|$(?![\s\S]))/gm, (fence) =>
    fence.replace(/[^\n]/g, ' '),
  );
}

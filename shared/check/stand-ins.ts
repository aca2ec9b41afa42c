/** Words that stand for something a person was to put there: `YOUR_APP`, `your-app-name`, `TODO`, `CHANGEME`, `XXXX`. */
import type { Argument, Call } from './script.ts';

export interface StandIn {
  readonly pos: number;
  readonly end: number;
  readonly text: string;
}

/** A part of a name or an address, from its beginning to a separator. */
const YOURS = /(?:^|[=:/@])(your[-_][a-z][a-z0-9_-]*|YOUR[-_][A-Z][A-Z0-9_-]*)(?=$|[.:/@?])/;
/** Only as a whole value: inside a sentence they are words. */
const WHOLE = /(?:^|=)(TODO|FIXME|TBD|CHANGE[_-]?ME|REPLACE[_-]?ME|changeme|X{3,}|x{3,})$/;

/** Where such a word is what is looked for, said, or part of the tool's own language. */
const GIT_TEXT = new Set(['grep', 'log', '-m', '--message', '--grep', '-S', '-G']);

/** In the order written. A word with a variable in it is left alone: nobody knows what it becomes. */
export function standIns({ tool, args }: Call): readonly StandIn[] {
  if (tool === 'mktemp' || (tool === 'git' && args.some(({ value }) => GIT_TEXT.has(value)))) return [];
  return args.flatMap((argument) => standInOf(argument) ?? []);
}

function standInOf({ plain, value, text, pos, end }: Argument): StandIn | null {
  const found = plain ? (WHOLE.exec(value)?.[1] ?? YOURS.exec(value)?.[1]) : undefined;
  if (found === undefined) return null;
  const at = text.indexOf(found);
  return at < 0 ? { pos, end, text: found } : { pos: pos + at, end: pos + at + found.length, text: found };
}

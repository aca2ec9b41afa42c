/** Finds flags of a call, as Go and GNU programs write them: `-a X`, `-aX`, `--app X`, `--app=X`. */
import type { Argument, Call } from './script.ts';

export interface Option {
  readonly name: string;
  readonly argument: Argument;
  /** What follows `=`, or the next word; null when there is none. For a flag without a value, this is the next argument. */
  readonly value: string | null;
  readonly plain: boolean;
}

/** The first of these flags that the call has, or null; after `--` there are no flags. */
export function option(call: Pick<Call, 'args'>, names: readonly string[]): Option | null {
  for (const [index, argument] of call.args.entries()) {
    const word = argument.value;
    if (word === '--') return null;
    const name = names.find((known) => isFlag(word, known));
    if (name === undefined) continue;
    if (word !== name)
      return { name, argument, value: word.slice(name.length).replace(/^=/, ''), plain: argument.plain };
    const next = call.args[index + 1];
    return { name, argument, value: next?.value ?? null, plain: next?.plain ?? false };
  }
  return null;
}

export const has = (call: Pick<Call, 'args'>, names: readonly string[]): boolean => option(call, names) !== null;

/** True when a variable may add flags that are not known here: `$FLAGS`, `"$@"`. */
export const mayHoldFlags = (call: Pick<Call, 'args'>): boolean =>
  call.args.some(({ text }) => /^"?\$(?:[@*]|\{?[A-Z_]*(?:ARGS|OPTS|OPTIONS|FLAGS)\b)/.test(text));

function isFlag(word: string, name: string): boolean {
  if (word === name || word.startsWith(`${name}=`)) return true;
  return /^-[A-Za-z]$/.test(name) && word.startsWith(name);
}

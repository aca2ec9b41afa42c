import { readCall } from '../grammar/grammar.ts';
import { grammarOf } from '../grammar/known.ts';
import { type Option, option } from '../options.ts';
import { type Edit, eachCall, type Rule } from '../rule.ts';
import type { Call } from '../script.ts';

export const unknownFlag: Rule = {
  name: 'unknown-flag',
  severity: 'error',
  about: 'A flag that the command does not have.',
  bad: ['fly apps restart -a shop', 'fly apps restart --app=shop', 'fly deploy -a shop --region iad'],
  good: ['fly apps restart shop', 'fly deploy -a shop --regions iad', 'fly status -a shop --json'],
  check: eachCall((call) => {
    const grammar = grammarOf(call);
    if (grammar === null) return null;
    const flags = grammar.missingFlags[readCall(call, grammar).path] ?? {};
    const found = option(call, Object.keys(flags));
    const advice = found === null ? undefined : flags[found.name]?.(call);
    if (found === null || advice === undefined) return null;
    const { instead, ...told } = advice;
    return { at: found.argument, ...told, edits: instead === undefined ? [] : replaced(call, found, instead) };
  }),
};

/** `--region iad` becomes `--regions iad`; with '' the value alone stays. */
function replaced(call: Call, { argument, name, value }: Option, instead: string): readonly Edit[] {
  const attached = argument.value !== name;
  const next = call.args[call.args.indexOf(argument) + 1];
  if (instead !== '') return [{ pos: argument.pos, end: argument.pos + name.length, text: instead }];
  if (attached) return [{ pos: argument.pos, end: argument.end, text: value ?? '' }];
  return next === undefined ? [] : [{ pos: argument.pos, end: next.pos, text: '' }];
}

import { readCall } from '../grammar/grammar.ts';
import { grammarOf } from '../grammar/known.ts';
import { option } from '../options.ts';
import { eachCall, type Rule } from '../rule.ts';

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
    return found === null || advice === undefined ? null : { at: found.argument, ...advice };
  }),
};

import { flagAdvice } from '../grammar/grammar.ts';
import { judgeCall } from '../grammar/known-tools.ts';
import { nearest } from '../../words/nearest.ts';
import { flagsAt } from '../grammar/call-verdict.ts';
import { mayHoldFlags, type Option, option } from '../options.ts';
import { type Edit, eachCall, type Rule } from '../rule.ts';
import type { Call } from '../script.ts';

export const unknownFlag: Rule = {
  name: 'unknown-flag',
  severity: 'error',
  about: 'A flag that the command does not have.',
  bad: [
    'fly apps restart -a shop',
    'fly apps restart --app=shop',
    'fly deploy -a shop --region iad',
    'git push --hard',
    'curl --timeout 10 https://shop.example/health',
    'psql "$DATABASE_URL" --json -c "select 1"',
  ],
  good: [
    'fly apps restart shop',
    'fly deploy -a shop --regions iad',
    'fly status -a shop --json',
    'git push --force-with-lease',
    'git -C /srv/shop push origin main',
    'curl -fsSm10 https://shop.example/health',
    'psql "$DATABASE_URL" -XAtc "select 1"',
    'git log --whatever',
    'git -C /srv/shop describe --tags',
  ],
  check: eachCall((call, { knowledge }) => {
    if (mayHoldFlags(call)) return null;
    const judgement = judgeCall(call, knowledge);
    if (judgement?.verdict.kind !== 'no-flag') return null;
    const { verdict, table, checked, versions } = judgement;
    const found = option(call, [verdict.flag]);
    const advice = flagAdvice(call, verdict.flag);
    if (found !== null && advice !== null) {
      const { instead, ...told } = advice;
      return { at: verdict.at, checked, ...told, edits: instead === undefined ? [] : replaced(call, found, instead) };
    }
    const command = `${call.tool} ${verdict.path}`.trim();
    const near = verdict.flag.startsWith('--') ? nearest(verdict.flag, flagsAt(table, verdict.path)) : null;
    return {
      at: verdict.at,
      checked,
      message: `${command} has no ${verdict.flag}.`,
      fix: near === null ? `See "${command} --help".` : `Did you mean ${near}?`,
      source: `help of ${versions}`,
    };
  }),
};

/** `--region iad` becomes `--regions iad`; with '' only the value is kept. */
function replaced(call: Call, { argument, name, value }: Option, instead: string): readonly Edit[] {
  const attached = argument.value !== name;
  const next = call.args[call.args.indexOf(argument) + 1];
  if (instead !== '') return [{ pos: argument.pos, end: argument.pos + name.length, text: instead }];
  if (attached) return [{ pos: argument.pos, end: argument.end, text: value ?? '' }];
  return next === undefined ? [] : [{ pos: argument.pos, end: next.pos, text: '' }];
}

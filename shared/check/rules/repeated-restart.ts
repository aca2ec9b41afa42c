import { FLY, readCall, subcommandWords } from '../grammar/grammar.ts';
import { has, option } from '../options.ts';
import { eachCallAfter, type Rule } from '../rule.ts';
import type { Call } from '../script.ts';

const CHANGES_SECRETS = new Set(['secrets set', 'secrets unset', 'secrets import']);

export const repeatedRestart: Rule = {
  name: 'repeated-restart',
  severity: 'warning',
  about: 'Setting a secret already restarts every machine; a restart behind it is a second outage.',
  bad: [
    'fly secrets set MAINTENANCE=true -a shop\nfly apps restart shop',
    'fly secrets unset MAINTENANCE -a "$SERVICE"\nfly apps restart "$SERVICE"',
  ],
  good: [
    'fly secrets set MAINTENANCE=true -a shop',
    'fly secrets set A=1 --stage -a shop\nfly apps restart shop',
    'fly secrets set A=1 -a shop\nfly apps restart other',
  ],
  check: eachCallAfter((call, { script }, before) => {
    if (call.tool !== 'fly' || readCall(call, FLY).path !== 'apps restart') return null;
    const app = subcommandWords(call, FLY)[2]?.value ?? option(call, ['-a', '--app'])?.value;
    if (app === undefined || app === null || !before().some((other) => restarts(other, app))) return null;
    return {
      at: call,
      message: 'The change of secrets before it has already restarted every machine; this is a second outage.',
      fix: 'Leave this line out.',
      edits: call.text === script.text ? [{ pos: call.pos, end: call.end, text: '' }] : [],
      source: 'flyctl v0.4.87 internal/command/secrets/secrets.go (RestartOnly)',
    };
  }),
};

function restarts(call: Call, app: string): boolean {
  if (call.tool !== 'fly' || !CHANGES_SECRETS.has(readCall(call, FLY).path)) return false;
  return !has(call, ['--stage']) && option(call, ['-a', '--app'])?.value === app;
}

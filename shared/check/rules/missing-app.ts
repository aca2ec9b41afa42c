import { FLY, readCall, subcommandWords } from '../grammar/grammar.ts';
import { has, mayHoldFlags } from '../options.ts';
import { eachCallAfter, type Rule } from '../rule.ts';

/** Commands that work on one app (RequireAppName in flyctl). */
const NEED_APP = new Set([
  'deploy',
  'logs',
  'releases',
  'secrets list',
  'secrets set',
  'secrets unset',
  'secrets import',
  'secrets deploy',
  'status',
  'apps releases',
]);

export const missingApp: Rule = {
  name: 'missing-app',
  severity: 'warning',
  about: 'Without -a, fly takes the app from a fly.toml that happens to lie in the folder, or fails.',
  bad: ['fly secrets list', 'fly deploy --image registry.fly.io/shop:v9', 'fly status --json', 'fly releases'],
  good: [
    'fly secrets list -a shop',
    'FLY_APP=shop fly status',
    'cd services/shop && fly deploy',
    'fly deploy "$WORKTREE" -c "$WORKTREE/fly.toml"',
    'fly deploy services/shop',
    'fly auth whoami',
  ],
  check: eachCallAfter((call, _input, before) => {
    if (call.tool !== 'fly' || mayHoldFlags(call) || has(call, ['-a', '--app', '-c', '--config', '-h', '--help']))
      return null;
    const { unknown } = readCall(call, FLY);
    const words = subcommandWords(call, FLY).map(({ value }) => value);
    const path = NEED_APP.has(words.slice(0, 2).join(' ')) ? words.slice(0, 2).join(' ') : (words[0] ?? '');
    if (unknown !== null || !NEED_APP.has(path)) return null;
    // `fly status instance` and `fly deploy FOLDER` go by other rules.
    if (words.length > path.split(' ').length && !path.startsWith('secrets')) return null;
    const called = before();
    const set =
      call.assigns.includes('FLY_APP') ||
      called.some(
        ({ tool, text, assigns }) => (tool === 'export' && text.includes('FLY_APP')) || assigns.includes('FLY_APP'),
      );
    if (set || called.some(({ tool }) => tool === 'cd' || tool === 'pushd')) return null;
    return {
      at: call,
      message: `fly ${path} names no app: it takes that of a fly.toml that happens to lie in the folder, or fails.`,
      fix: call.text.replace(new RegExp(`\\b${path.replace(' ', '\\s+')}\\b`), (found) => `${found} -a "$SERVICE"`),
      source: 'flyctl v0.4.87 internal/command/command.go (RequireAppName)',
    };
  }),
};

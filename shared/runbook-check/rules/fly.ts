import { appOf, FLY, readCall, subcommandWords } from '../grammar/grammar.ts';
import { has, mayHoldFlags, option } from '../options.ts';
import { eachCall, eachCallAfter, type Rule } from '../rule.ts';
import type { Call } from '../script.ts';

/** Commands that need an app (RequireAppName in flyctl). */
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
  about: 'Without -a, fly uses the app of the fly.toml in the current folder, or fails.',
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
    // `fly status instance` and `fly deploy FOLDER` find the app in other ways.
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
      message: `fly ${path} names no app: it uses the app of the fly.toml in the current folder, or fails.`,
      fix: call.text.replace(new RegExp(`\\b${path.replace(' ', '\\s+')}\\b`), (found) => `${found} -a "$SERVICE"`),
      source: 'flyctl v0.4.87 internal/command/command.go (RequireAppName)',
    };
  }),
};

export const unqualifiedImage: Rule = {
  name: 'unqualified-image',
  severity: 'error',
  about: 'An image without a registry is pulled from Docker Hub, where the images of Fly apps are not.',
  bad: ['fly deploy -a shop --image shop:deployment-01', 'fly deploy -a shop -i shop:[previous-tag]'],
  good: [
    'fly deploy -a shop --image registry.fly.io/shop:deployment-01',
    'fly deploy -a shop --image "$IMAGE"',
    'fly deploy -a shop --image flyio/hellofly:latest',
  ],
  check: eachCall((call) => {
    if (call.tool !== 'fly' || readCall(call, FLY).path !== 'deploy') return null;
    const image = option(call, ['-i', '--image']);
    // With a slash it has a registry or a repository; a variable may contain either.
    if (image?.value == null || !/^[a-z0-9][\w.-]*(?::|$)/.test(image.value) || image.value.includes('/')) return null;
    return {
      at: image.argument,
      message: 'An image without a registry is pulled from docker.io.',
      fix: `fly deploy -a ${appOf(call)} --image "$IMAGE" --remote-only --skip-release-command --dns-checks=false --wait-timeout 3m --yes   # IMAGE: the full ImageRef of fly releases --json, registry.fly.io/...`,
      source: 'flyctl issue 1005',
    };
  }),
};

const CHANGES_SECRETS = new Set(['secrets set', 'secrets unset', 'secrets import']);

export const repeatedRestart: Rule = {
  name: 'repeated-restart',
  severity: 'warning',
  about: 'A restart after a change of secrets: the change already restarted every machine.',
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
      message: 'The change of secrets before it already restarted every machine; this is a second outage.',
      fix: 'Remove this line.',
      edits: call.text === script.text ? [{ pos: call.pos, end: call.end, text: '' }] : [],
      source: 'flyctl v0.4.87 internal/command/secrets/secrets.go (RestartOnly)',
    };
  }),
};

function restarts(call: Call, app: string): boolean {
  if (call.tool !== 'fly' || !CHANGES_SECRETS.has(readCall(call, FLY).path)) return false;
  return !has(call, ['--stage']) && option(call, ['-a', '--app'])?.value === app;
}

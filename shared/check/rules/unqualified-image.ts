import { appOf, FLY, readCall } from '../grammar/grammar.ts';
import { option } from '../options.ts';
import { eachCall, type Rule } from '../rule.ts';

export const unqualifiedImage: Rule = {
  name: 'unqualified-image',
  severity: 'error',
  about: 'An image without a registry is looked for at Docker Hub, where a Fly app has none.',
  bad: ['fly deploy -a shop --image shop:deployment-01', 'fly deploy -a shop -i shop:[previous-tag]'],
  good: [
    'fly deploy -a shop --image registry.fly.io/shop:deployment-01',
    'fly deploy -a shop --image "$IMAGE"',
    'fly deploy -a shop --image flyio/hellofly:latest',
  ],
  check: eachCall((call) => {
    if (call.tool !== 'fly' || readCall(call, FLY).path !== 'deploy') return null;
    const image = option(call, ['-i', '--image']);
    // A slash names a registry or somebody's repository; what begins with a variable may hold either.
    if (image?.value == null || !/^[a-z0-9][\w.-]*(?::|$)/.test(image.value) || image.value.includes('/')) return null;
    return {
      at: image.argument,
      message: 'An image without a registry is looked for at docker.io.',
      fix: `fly deploy -a ${appOf(call)} --image "$IMAGE" --remote-only --skip-release-command --dns-checks=false --wait-timeout 3m --yes   # IMAGE: the full ImageRef of fly releases --json, registry.fly.io/...`,
      source: 'flyctl issue 1005',
    };
  }),
};

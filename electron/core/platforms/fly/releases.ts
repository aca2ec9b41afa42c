/** The releases of a Fly app, as every platform answers for its own. */
import { parseReleases } from '#shared/platforms/fly/releases.ts';
import { parseStatus } from '#shared/platforms/fly/status.ts';
import type { ReleasePlatform } from '../release-platform.ts';
import { foreignReleases } from './foreign-releases.ts';
import { proveRelease } from './prove-release.ts';
import { deployArguments, mustBeUnchanged, offer, readReleases, readStatus } from './read-releases.ts';

export const flyReleases: ReleasePlatform = {
  offer: async (context, step, actor, service) => {
    const releases = await readReleases(context, step, actor, service);
    return offer(context, step, releases, await readStatus(context, step, actor, service));
  },
  offerPasted: (context, step, pasted) => {
    const [releases, status] = ['releases', 'status'].map((word) => {
      const command = step.commands.find(({ text }) => text.startsWith(`fly ${word} `));
      return command && pasted(command);
    });
    if (releases === undefined || status === undefined) return null;
    return offer(context, step, parseReleases(releases), parseStatus(status));
  },
  mustBeUnchanged: async (context, step, look) => ({
    platform: 'fly',
    status: await mustBeUnchanged(context, step, look),
  }),
  changeArguments: deployArguments,
  prove: (context, step, before, target) =>
    proveRelease(context, step, before?.platform === 'fly' ? before.status : null, target),
  foreign: foreignReleases,
};

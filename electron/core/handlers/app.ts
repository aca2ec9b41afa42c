/** Calls about this Rollbook and this machine: the app itself, readiness, status pages, tools, settings, channels. */
import { RollbookError } from '#shared/api/result.ts';
import type { Rows } from './handler.ts';

export const APP: Rows<
  | 'app.info'
  | 'app.new-link'
  | 'readiness.read'
  | 'providers.read'
  | 'tools.locate'
  | 'settings.read'
  | 'settings.change'
  | 'notify.channels'
> = {
  'app.info': ({ store, host, operator, version, shell, hostTroubles, damage: met }) => {
    const mode = store.mode();
    const damage = met();
    const asked = shell.view();
    const troubles = hostTroubles();
    return {
      version,
      host,
      folder: store.folder,
      operator,
      readOnly: mode.kind === 'read-only' ? mode.why.message : null,
      ...(damage.length === 0 ? {} : { damage }),
      ...(asked === null ? {} : { shell: asked }),
      ...(troubles.length === 0 ? {} : { troubles }),
    };
  },
  'app.new-link': async (_services, _args, { abilities }) => {
    if (abilities.newLink === undefined) {
      throw new RollbookError(
        'not-allowed',
        'Only a Rollbook that is served to a browser has links.',
        'Open a second window from a Rollbook that was started with `npm start -- --loopback`.',
      );
    }
    return { url: await abilities.newLink() };
  },

  'readiness.read': ({ readiness }, { runbook, only }) => readiness.read(runbook, only),
  'providers.read': async ({ providers }) => await providers(),

  'tools.locate': ({ tools: locator }, { tools }) =>
    Promise.all(
      tools.map(async (tool) => {
        const found = await locator.locate(tool);
        return { tool, path: found?.path ?? null, version: found?.version ?? '' };
      }),
    ),

  'settings.read': ({ settings }) => settings.view(),
  'settings.change': ({ settings }, { change }) => settings.change(change),

  'notify.channels': ({ incidents }, { incidentId }) => {
    const notifier = incidents.notifierOf(incidentId);
    return { live: notifier.has('live'), drill: notifier.has('drill') };
  },
};

import { RollbookError } from '#shared/contract/result.ts';
import type { Rows } from './handler.ts';

export const APP: Rows<'app.info' | 'app.new-link'> = {
  'app.info': ({ store, host, operator, version, damage: met }) => {
    const mode = store.mode();
    const damage = met();
    return {
      version,
      host,
      folder: store.folder,
      operator,
      readOnly: mode.kind === 'read-only' ? mode.why.message : null,
      ...(damage.length === 0 ? {} : { damage }),
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
};

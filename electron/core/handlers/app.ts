import type { Rows } from './table.ts';

export const APP: Rows<'app.info'> = {
  'app.info': ({ store, host, operator, version }) => {
    const mode = store.mode();
    return {
      version,
      host,
      folder: store.folder,
      operator,
      readOnly: mode.kind === 'read-only' ? mode.why.message : null,
    };
  },
};

/** Makes `electron` mean the double, for import and require alike. */
import { registerHooks } from 'node:module';

const DOUBLE = new URL('electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: DOUBLE, shortCircuit: true }
      : next(specifier, context),
});

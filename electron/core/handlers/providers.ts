import type { Rows } from './handler.ts';

export const PROVIDERS: Rows<'providers.read'> = {
  'providers.read': async ({ providers }) => await providers(),
};

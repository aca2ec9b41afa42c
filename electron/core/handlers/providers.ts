import type { Rows } from './table.ts';

export const PROVIDERS: Rows<'providers.read'> = {
  'providers.read': async ({ providers }) => await providers(),
};

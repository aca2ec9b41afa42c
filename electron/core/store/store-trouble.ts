/** Which failures mean that the store itself cannot be used. */
import type { ErrorCode, Failure } from '#shared/api/result.ts';

/** The store cannot be used, or takes nothing. */
export const STORE_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'store-corrupt',
  'store-newer',
  'store-unwritable',
  'disk-full',
]);

/** True for trouble of the store's own file (those errors name it), not of a row in it or of a file beside it. */
export const isStoreTrouble = ({ code, details }: Pick<Failure, 'code'> & { readonly details?: unknown }): boolean =>
  STORE_CODES.has(code) && typeof (details as { readonly path?: unknown } | undefined)?.path === 'string';

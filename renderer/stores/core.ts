/** Calls to the core, with or without showing their failures. */
import { ulid } from 'ulid';
import type { Bridge } from '#shared/api/bridge.ts';
import type { CallArgs, CallName, CallResult } from '#shared/api/calls.ts';
import type { Result } from '#shared/api/result.ts';
import { tell } from './notices.ts';

let held: Bridge | null = null;

export function setBridge(bridge: Bridge): void {
  held = bridge;
}

/** Returns the result as it is, for callers that handle a failure themselves. */
export function ask<N extends CallName>(name: N, args: CallArgs<N>): Promise<Result<CallResult<N>>> {
  if (held === null) throw new Error('The bridge to the core was not set.');
  return held.call(name, args);
}

/** Returns the value. A failure is shown in the notice bar, and the result is null. */
export async function get<N extends CallName>(name: N, args: CallArgs<N>): Promise<CallResult<N> | null> {
  const result = await ask(name, args);
  if (result.ok) return result.value;
  tell(result.error);
  return null;
}

/** A new ULID, for an intent or for something that the intent creates. */
export const newIntentId = (): string => ulid();

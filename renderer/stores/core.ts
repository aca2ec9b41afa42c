/** The core as the window sees it: calls that answer a value, or put the failure where the person looks. */
import { ulid } from 'ulid';
import type { Bridge } from '#shared/contract/bridge.ts';
import type { CallArgs, CallName, CallResult } from '#shared/contract/calls.ts';
import type { Result } from '#shared/contract/result.ts';
import { tell } from './notices.ts';

let held: Bridge | null = null;

export function setBridge(bridge: Bridge): void {
  held = bridge;
}

/** The answer as it is, for callers that treat a failure themselves. */
export function ask<N extends CallName>(name: N, args: CallArgs<N>): Promise<Result<CallResult<N>>> {
  if (held === null) throw new Error('The bridge to the core was not set.');
  return held.call(name, args);
}

/** The value, or null after the failure was shown. */
export async function get<N extends CallName>(name: N, args: CallArgs<N>): Promise<CallResult<N> | null> {
  const result = await ask(name, args);
  if (result.ok) return result.value;
  tell(result.error);
  return null;
}

/** A ULID, of an act or of what the act makes. */
export const newIntentId = (): string => ulid();

/** The one way a window speaks with the core, whatever host is between them. */
import type { CallArgs, CallName, CallResult } from './calls.ts';
import type { PushName, Pushes } from './pushes.ts';
import type { Failure, Result } from './result.ts';

export interface Bridge {
  /** Never rejects: a lost connection is `{ok: false, error: {code: 'environment'}}`. */
  call<N extends CallName>(name: N, args: CallArgs<N>): Promise<Result<CallResult<N>>>;
  /** Returns the function that ends the subscription. The listener gets the payload only. */
  on<N extends PushName>(name: N, listener: (payload: Pushes[N]) => void): () => void;
  /**
   * Told when the connection is lost or back; at once with the present state. `why`: what is wrong and what to do about it,
   * also when that becomes another thing; null while there is a connection, and before the first one.
   */
  onConnection(listener: (connected: boolean, why: Failure | null) => void): () => void;
}

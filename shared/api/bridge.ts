/** How a window talks to the core, whichever host is in between. */
import type { CallArgs, CallName, CallResult } from './calls.ts';
import type { PushName, Pushes } from './pushes.ts';
import type { Failure, Result } from './result.ts';

export interface Bridge {
  /** Never rejects: a lost connection is `{ok: false, error: {code: 'environment'}}`. */
  call<N extends CallName>(name: N, args: CallArgs<N>): Promise<Result<CallResult<N>>>;
  /** Returns the function that ends the subscription. The listener gets the payload only. */
  on<N extends PushName>(name: N, listener: (payload: Pushes[N]) => void): () => void;
  /**
   * Called at once with the current state, and again when the connection is lost, restored, or fails for another reason.
   * `why`: what is wrong and what to do; null while connected and before the first connection.
   */
  onConnection(listener: (connected: boolean, why: Failure | null) => void): () => void;
}

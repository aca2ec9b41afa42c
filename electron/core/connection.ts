/** What a host (desktop, loopback, command line) needs of the core: a connection per window, and an orderly end. */
import type { Push } from '#shared/api/pushes.ts';
import type { Result } from '#shared/api/result.ts';

export interface Connection {
  /** Checks the name and the arguments against the API; never rejects. */
  call(name: string, args: unknown): Promise<Result<unknown>>;
  /** Ends every subscription of this window. Running commands are not touched. */
  close(): void;
}

/** What only the host of a window can do for it. */
export interface HostAbilities {
  /** The address of a one-time link that admits another window. Not there: this host opens its windows itself. */
  readonly newLink?: () => Promise<string>;
}

export interface Core {
  /** One per window; `send` must not block and must not throw. */
  connect(send: (push: Push) => void, abilities?: HostAbilities): Connection;
  /** Changing commands that are running now, for the question a host asks before it quits. */
  running(): readonly { readonly incidentId: string; readonly runId: string; readonly shown: string }[];
  /** Releases leases and closes the store; changing commands go on under their keepers. */
  close(): Promise<void>;
}

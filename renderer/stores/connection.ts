/** Whether the core can be reached. A command that runs goes on without us; the window just cannot see it. */
import { create } from 'zustand';
import type { Bridge } from '#shared/contract/bridge.ts';
import type { Failure } from '#shared/contract/result.ts';

interface Connection {
  readonly connected: boolean;
  /** Why there is none, and what to do about it. */
  readonly why: Failure | null;
  /** How often the connection came up: what was followed has to be followed again when it rises. */
  readonly generation: number;
}

export const useConnection = create<Connection>(() => ({ connected: true, why: null, generation: 0 }));

export function followConnection(bridge: Bridge): void {
  bridge.onConnection((connected, why) => {
    useConnection.setState((now) => ({ connected, why, generation: connected ? now.generation + 1 : now.generation }));
  });
}

/** Runs `again` each time the connection is back after it was lost. */
export function onReconnect(again: () => void): void {
  useConnection.subscribe((now, before) => {
    if (now.connected && !before.connected) again();
  });
}

/** Whether the core can be reached. A command that runs goes on without us; the window just cannot see it. */
import { create } from 'zustand';
import type { Bridge } from '#shared/contract/bridge.ts';

interface Connection {
  readonly connected: boolean;
  /** How often the connection came up: what was followed has to be followed again when it rises. */
  readonly generation: number;
}

export const useConnection = create<Connection>(() => ({ connected: true, generation: 0 }));

export function followConnection(bridge: Bridge): void {
  bridge.onConnection((connected) => {
    useConnection.setState((now) => ({ connected, generation: connected ? now.generation + 1 : now.generation }));
  });
}

/** Runs `again` each time the connection is back after it was lost. */
export function onReconnect(again: () => void): void {
  useConnection.subscribe((now, before) => {
    if (now.connected && !before.connected) again();
  });
}

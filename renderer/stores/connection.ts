/** Whether the core can be reached. What goes on without us cannot be seen. */
import { create } from 'zustand';
import type { Bridge } from '#shared/contract/bridge.ts';
import type { Failure } from '#shared/contract/result.ts';

interface Connection {
  readonly connected: boolean;
  /** Why there is none, and what to do about it. */
  readonly why: Failure | null;
  /** Since when nothing is heard, ms since the epoch; null while it is there, and before the first. */
  readonly lostAt: number | null;
  /** How often the connection came up: what was followed has to be followed again when it rises. */
  readonly generation: number;
}

export const useConnection = create<Connection>(() => ({ connected: true, why: null, lostAt: null, generation: 0 }));

export function followConnection(bridge: Bridge): void {
  bridge.onConnection((connected, why) => {
    useConnection.setState(({ generation, lostAt }) => ({
      connected,
      why,
      lostAt: connected || generation === 0 ? null : (lostAt ?? Date.now()),
      generation: connected ? generation + 1 : generation,
    }));
  });
}

/** Runs `again` each time the connection is back after it was lost. */
export function onReconnect(again: () => void): void {
  useConnection.subscribe((now, before) => {
    if (now.connected && !before.connected) again();
  });
}

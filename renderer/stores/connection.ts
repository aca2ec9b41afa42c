/** Whether the core can be reached. */
import { create } from 'zustand';
import type { Bridge } from '#shared/api/bridge.ts';
import type { Failure } from '#shared/api/result.ts';

interface Connection {
  readonly connected: boolean;
  /** Why it cannot be reached, and what to do about it. */
  readonly why: Failure | null;
  /** When the connection was lost, ms since the epoch; null while connected and before the first connection. */
  readonly lostAt: number | null;
  /** How many times the connection was made. When it rises, everything that was followed must be followed again. */
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

/** Runs `again` each time the connection is restored. */
export function onReconnect(again: () => void): void {
  useConnection.subscribe((now, before) => {
    if (now.connected && !before.connected) again();
  });
}

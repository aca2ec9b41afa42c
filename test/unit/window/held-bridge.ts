/** A core that answers when the test says so, in any order. */
import type { Bridge } from '#shared/api/bridge.ts';
import type { CallName } from '#shared/api/calls.ts';
import { setBridge } from '../../../renderer/stores/core.ts';

/** Set as the window's bridge. */
export function heldBridge() {
  const asked: { readonly name: CallName; readonly answer: (value: unknown) => void }[] = [];
  const call = (name: CallName) =>
    new Promise((resolve) => {
      asked.push({ name, answer: (value) => resolve({ ok: true, value }) });
    });
  setBridge({ call, on: () => () => {}, onConnection: () => () => {} } as unknown as Bridge);
  return {
    /** Answers the nth question of that name, and waits until the window has taken it. */
    answer: async (name: CallName, value: unknown, nth = 0): Promise<void> => {
      asked.filter((one) => one.name === name)[nth]?.answer(value);
      await new Promise(setImmediate);
    },
  };
}

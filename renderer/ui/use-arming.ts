import { useEffect, useState } from 'react';

/** An armed button ignores presses for this long, so that a double press does not run it. */
const ARMING_MS = 350;
const DISARM_AFTER_MS = 20_000;

/** Two presses of a button: the first arms it, the second runs it once it is ready. It disarms by itself. */
export function useArming() {
  const [armed, setArmed] = useState(false);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (!armed) return undefined;
    const readying = setTimeout(() => setReady(true), ARMING_MS);
    const disarming = setTimeout(() => setArmed(false), DISARM_AFTER_MS);
    return () => {
      clearTimeout(readying);
      clearTimeout(disarming);
      setReady(false);
    };
  }, [armed]);
  return { armed, ready, arm: () => setArmed(true), disarm: () => setArmed(false) };
}

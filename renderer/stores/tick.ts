/** Time as React state. */
import { useEffect, useState } from 'react';

/** This window's wall clock, ms since the epoch, updated every `everyMs`. */
export function useTick(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

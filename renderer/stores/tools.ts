/** Paths of the tools on this machine. Looked up for each incident, because a tool may have been installed since. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { LocatedTool } from '#shared/api/calls.ts';
import { ask } from './core.ts';

/** null while the lookup runs or when it failed. The second value looks again. */
export function useTools(names: readonly string[]): readonly [readonly LocatedTool[] | null, () => void] {
  const [found, setFound] = useState<readonly LocatedTool[] | null>(null);
  const wanted = names.join(' ');
  const looks = useRef(0);
  const look = useCallback(() => {
    const tools = wanted.split(' ').filter((name) => name !== '');
    if (tools.length === 0) return;
    looks.current += 1;
    const mine = looks.current;
    // If lookups overlap, only the newest answer is shown.
    void ask('tools.locate', { tools }).then((answer) => answer.ok && mine === looks.current && setFound(answer.value));
  }, [wanted]);
  useEffect(look, [look]);
  return [found, look];
}

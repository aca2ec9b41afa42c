import { useEffect, useState } from 'react';
import type { DrillBookView } from '#shared/api/drill-calls.ts';
import { get } from '../../stores/core.ts';
import { useOverview } from '../../stores/overview.ts';

/** Drill results, due drills and statistics. Loaded again when the list of incidents changes; null while loading. */
export function useDrillBook(runbook: string | null = null): DrillBookView | null {
  const incidents = useOverview((state) => state.incidents);
  const [book, setBook] = useState<DrillBookView | null>(null);
  useEffect(() => {
    if (incidents === null) return undefined;
    let wanted = true;
    const read = async (): Promise<void> => {
      const answer = await get('drill.book', { runbook });
      if (wanted && answer !== null) setBook(answer);
    };
    void read();
    return () => {
      wanted = false;
    };
  }, [incidents, runbook]);
  return book;
}

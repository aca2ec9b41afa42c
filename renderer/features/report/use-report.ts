import { useEffect, useRef, useState } from 'react';
import type { ReportView } from '#shared/api/calls.ts';
import { get } from '../../stores/core.ts';
import { useIncidentStore } from '../../stores/incident.ts';

/**
 * The report of an incident, built again after new events. Only one build runs at a time; events that arrive during it
 * are in the next one. The previous report stays visible until then.
 */
export function useReport(id: string): ReportView | null {
  const seq = useIncidentStore((store) => (store.view?.summary.id === id ? store.seq : 0));
  const [report, setReport] = useState<{ readonly id: string; readonly view: ReportView } | null>(null);
  const [making, setMaking] = useState(false);
  const made = useRef('');
  useEffect(() => {
    const wanted = `${id} ${seq}`;
    if (making || made.current === wanted) return;
    made.current = wanted;
    setMaking(true);
    void get('report.preview', { incidentId: id }).then((view) => {
      if (view !== null) setReport({ id, view });
      return setMaking(false);
    });
  }, [id, seq, making]);
  // The id may have changed since.
  return report?.id === id ? report.view : null;
}

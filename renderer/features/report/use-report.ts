import { useEffect, useState } from 'react';
import type { ReportView } from '#shared/contract/calls.ts';
import { get } from '../../stores/core.ts';
import { useIncidentStore } from '../../stores/incident.ts';

/** The report of an incident, made anew after each event of it. The one before stays in sight meanwhile. */
export function useReport(id: string): ReportView | null {
  const seq = useIncidentStore((store) => (store.view?.summary.id === id ? store.seq : 0));
  const [report, setReport] = useState<ReportView | null>(null);
  useEffect(() => {
    let current = true;
    void get('report.preview', { incidentId: id }).then((view) => current && view !== null && setReport(view));
    return () => {
      current = false;
    };
  }, [id, seq]);
  return report;
}

import { type ReactNode, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { incidentParts, useIncidentStore } from './incident.ts';
import { IncidentContext, incidentFrom } from './use-incident.ts';

/** Gives the open incident to the screens below it, which use `useIncident`. The store must hold it. */
export function IncidentProvider({ children }: { readonly children: ReactNode }) {
  const parts = useIncidentStore(useShallow(incidentParts));
  const incident = useMemo(() => incidentFrom(parts), [parts]);
  if (incident === null) {
    return (
      <main className="screen stack">
        <p>The declaration of this incident was purged: nothing can be shown but its report.</p>
      </main>
    );
  }
  return <IncidentContext value={incident}>{children}</IncidentContext>;
}

import { memo } from 'react';
import { isContactSection } from '#shared/runbook/search.ts';
import { sectionNodes } from '../features/reference/sections.ts';
import { useIncidentStore } from '../stores/incident.ts';
import { useDefaultRunbook } from '../stores/overview.ts';
import { Button } from '../ui/Button.tsx';
import { Markdown } from '../ui/Markdown.tsx';
import { Escalation } from './Escalation.tsx';
import { togglePanel } from './panel.ts';

/**
 * The contacts of the open incident's runbook, or else of the default one. In a narrow window they cover the timeline,
 * never the step. Memoized, because the wizard around it renders at each event.
 */
export const Contacts = memo(function Contacts() {
  const incidentRunbook = useIncidentStore(({ view }) => view?.runbook);
  const fallback = useDefaultRunbook();
  const runbook = incidentRunbook ?? fallback;
  const sections = (runbook?.model.sections ?? []).filter(isContactSection);
  return (
    <aside className="contacts" aria-label="Contacts">
      <div className="dialog__head">
        <h2>Contacts</h2>
        <Button look="quiet" shortcut="C" onClick={() => togglePanel(null)}>
          Close
        </Button>
      </div>
      {runbook === null ? <p>The runbook is being read.</p> : null}
      {runbook !== null && sections.length === 0 ? <p>This runbook has no section on contacts or escalation.</p> : null}
      {runbook === null
        ? null
        : sections.map((section) => (
            <div className="prose" key={section.id}>
              <Markdown nodes={sectionNodes(runbook, section)} />
            </div>
          ))}
      <Escalation />
    </aside>
  );
});

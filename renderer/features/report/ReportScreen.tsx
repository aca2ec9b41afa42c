import { useEffect, useMemo, useState } from 'react';
import { reduce } from '#shared/incident/reduce.ts';
import { useKeys } from '../../app/keys.ts';
import { go } from '../../app/route.ts';
import { get } from '../../stores/core.ts';
import { openIncident, useIncidentStore, whyReadOnly } from '../../stores/incident.ts';
import { savesSettled } from '../../stores/report-drafts.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton, copyText } from '../../ui/CopyButton.tsx';
import { Markdown } from '../../ui/Markdown.tsx';
import { ReportFields } from './ReportFields.tsx';
import { useReport } from './use-report.ts';
import './report.css';

/** The report as it would be written now, made from the events each time, beside the questions only people can answer. */
export function ReportScreen({ id }: { readonly id: string }) {
  const { view, events } = useIncidentStore();
  const opened = view?.summary.id === id;
  useEffect(() => {
    if (useIncidentStore.getState().view?.summary.id !== id) void openIncident(id);
  }, [id]);
  const saved = useMemo(() => (opened ? (reduce(events)?.reportFields ?? {}) : {}), [opened, events]);
  const report = useReport(id);
  const [raw, setRaw] = useState(false);
  const [written, setWritten] = useState<string | null>(null);
  const exportIt = async (): Promise<void> => {
    // An answer that was left by this very click belongs into the file.
    await savesSettled();
    const file = await get('report.export', { incidentId: id, path: null });
    if (file !== null) setWritten(file.path);
  };
  useKeys('Report', [
    { keys: 'Enter', label: 'Export the report', silent: true, run: () => void exportIt() },
    { keys: 'e', label: 'Export the report', run: () => void exportIt() },
    { keys: 'm', label: 'Copy the Markdown', run: () => void copyText(report?.markdown ?? '') },
    { keys: 'w', label: 'Show the raw Markdown or the preview', run: () => setRaw((now) => !now) },
  ]);
  return (
    <main className="screen report">
      <header className="screen__head">
        <h1>Incident report</h1>
        <div className="row">
          <Button onClick={() => go({ screen: 'home' })}>Home</Button>
          <Button shortcut="Esc" onClick={() => go({ screen: 'incident', id })}>
            Back to the incident
          </Button>
        </div>
      </header>
      <div className="report__bar">
        <Button look="primary" shortcut="E" onClick={() => void exportIt()}>
          Export the report
        </Button>
        <CopyButton text={report?.markdown ?? ''} what="Markdown" shortcut="M" />
        <Button shortcut="W" aria-pressed={raw} onClick={() => setRaw(!raw)}>
          {raw ? 'Show the preview' : 'Show the raw Markdown'}
        </Button>
        <p role="status" className="report__path">
          {written === null ? '' : `Written to ${written}`}
        </p>
      </div>
      <div className="report__body">
        {opened ? <ReportFields incidentId={id} saved={saved} readOnly={whyReadOnly(view)} /> : <div />}
        {report === null ? (
          <p role="status">The report is being put together.</p>
        ) : raw ? (
          <pre className="report__raw" aria-label="Raw Markdown" tabIndex={0}>
            {report.markdown}
          </pre>
        ) : (
          <article className="prose report__page" aria-label="Report preview">
            <Markdown nodes={report.tree.children} />
          </article>
        )}
      </div>
    </main>
  );
}

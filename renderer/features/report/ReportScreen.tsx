import { useState, useEffect, useRef } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { CallResult, ReportView } from '#shared/api/calls.ts';
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import { useKeys } from '../../app/keys.ts';
import { go } from '../../app/route.ts';
import { get } from '../../stores/core.ts';
import { reportParts, useIncidentStore } from '../../stores/incident.ts';
import { useOpened } from '../../stores/use-incident.ts';
import { savesSettled } from '../../stores/report-drafts.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyAct, CopyButton, copyRich, copyText } from '../../ui/CopyButton.tsx';
import { IncidentStrip } from '../picture/IncidentStrip.tsx';
import { PurgeIncident } from './PurgeIncident.tsx';
import { ReportPage } from './ReportPage.tsx';
import { ReportFields } from './ReportFields.tsx';
import './report.css';

/** The report as it would be exported now, next to the questions that only people can answer. */
export function ReportScreen({ id }: { readonly id: string }) {
  useOpened(id);
  const summary = useIncidentStore(({ view }) => (view?.summary.id === id ? view.summary : null));
  const fields = useIncidentStore(useShallow((store) => reportParts(store, id)));
  const report = useReport(id);
  const [raw, setRaw] = useState(false);
  const [written, setWritten] = useState<{ readonly where: string; readonly head: string } | null>(null);
  const [exporting, setExporting] = useState(false);
  const exportIt = async (as: 'file' | 'html' | 'folder'): Promise<void> => {
    if (exporting) return;
    setExporting(true);
    // This click may have left a field, whose text must be in the file.
    await savesSettled();
    const args = { incidentId: id, path: null };
    if (as === 'folder') {
      const folder = await get('report.export-folder', args);
      if (folder !== null) setWritten({ where: `${folder.folder}, ${evidenceText(folder)}`, head: folder.head });
    } else {
      const file = await get('report.export', { ...args, format: as === 'html' ? 'html' : 'markdown' });
      if (file !== null) setWritten({ where: file.path, head: file.head });
    }
    setExporting(false);
  };
  useKeys('Report', [
    { keys: 'Enter', label: 'Export the report', silent: true, run: () => void exportIt('file') },
    { keys: 'e', label: 'Export the report', run: () => void exportIt('file') },
    { keys: '', label: 'Export the report with its evidence', run: () => void exportIt('folder') },
    { keys: '', label: 'Copy the Markdown', run: () => void copyText(report?.markdown ?? '') },
    { keys: '', label: 'Show the raw Markdown or the preview', run: () => setRaw((now) => !now) },
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
        <Button look="primary" shortcut="E" onClick={() => void exportIt('file')}>
          Export the report
        </Button>
        <Button onClick={() => void exportIt('folder')}>Export with evidence</Button>
        <Button onClick={() => void exportIt('html')}>Save as HTML</Button>
        <CopyButton text={report?.markdown ?? ''} what="Markdown" />
        <PasteButton incidentId={id} into="confluence" />
        <PasteButton incidentId={id} into="slack" />
        <Button aria-pressed={raw} onClick={() => setRaw(!raw)}>
          {raw ? 'Show the preview' : 'Show the raw Markdown'}
        </Button>
        {summary !== null && mayPurge(summary) ? <PurgeIncident id={id} /> : null}
        <p role="status" className="report__path">
          {written === null ? '' : `Written to ${written.where}`}
        </p>
        {written === null ? null : (
          <p className="report__kept small">
            Timeline head <code>{written.head}</code> <CopyButton text={written.head} what="timeline head" />
            <span className="soft">Kept elsewhere, it shows later that nothing was cut or written anew.</span>
          </p>
        )}
      </div>
      <div className="report__body">
        {fields === null ? <div /> : <ReportFields incidentId={id} {...fields} />}
        {report === null ? (
          <p role="status">The report is being put together.</p>
        ) : raw ? (
          <pre className="report__raw" aria-label="Raw Markdown" tabIndex={0}>
            {report.markdown}
          </pre>
        ) : (
          <article
            className={`prose report__page ${summary?.kind === 'drill' ? 'report__page--drill' : ''}`}
            aria-label="Report preview"
          >
            <IncidentStrip id={id} inUtc />
            <ReportPage tree={report.tree} />
          </article>
        )}
      </div>
    </main>
  );
}

const INTO = { confluence: 'Copy for Confluence', slack: 'Copy for Slack' } as const;

/** Copies the report as rich text: for Confluence the whole, for Slack the main part. */
const PasteButton = ({ incidentId, into }: { readonly incidentId: string; readonly into: keyof typeof INTO }) => (
  <CopyAct
    name={(shown) => (shown === INTO[into] ? shown : `${shown}: ${INTO[into]}`)}
    label={INTO[into]}
    refused="Not copied"
    copy={async () => {
      await savesSettled();
      const paste = await get('report.paste', { incidentId, into });
      return paste !== null && (await copyRich(paste));
    }}
  />
);

/** Only an incident that is over and that no other session holds. */
const mayPurge = ({ status, heldBy, handedOver }: IncidentSummary): boolean =>
  heldBy === null && (status !== 'open' || handedOver !== null);

/** How many evidence files were exported, and how many are changed or missing. */
function evidenceText({ files, missing }: CallResult<'report.export-folder'>): string {
  const changed = files.filter(({ asRecorded }) => !asRecorded).length;
  return [
    `with ${files.length} evidence files`,
    ...(changed === 0 ? [] : [`${changed} NOT as the timeline recorded them`]),
    ...(missing.length === 0 ? [] : [`${missing.length} missing`]),
  ].join(', ');
}

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

import { useState } from 'react';
import type { ActionItem } from '#shared/incident/state.ts';
import { REPORT_FIELDS, type FieldSection, fieldsOf } from '#shared/report/fields.ts';
import { Button } from '../../ui/Button.tsx';
import { ActionItems } from './ActionItems.tsx';
import { ReportFieldEdit } from './ReportFieldEdit.tsx';

const SECTION: Readonly<Record<FieldSection, string>> = {
  head: 'At the top',
  summary: 'Summary',
  impact: 'Impact',
  decision: 'Decision',
  'root-cause': 'Root cause',
  resolution: 'Resolution',
  communications: 'Communications',
  lessons: 'Lessons learned',
  defects: 'Runbook defects',
};

interface ReportFieldsProps {
  readonly incidentId: string;
  /** The saved texts, by field. */
  readonly saved: Readonly<Record<string, string>>;
  readonly actionItems: readonly ActionItem[];
  /** Why nothing can be saved here, or null. */
  readonly readOnly: string | null;
}

/** The questions that only people can answer, in the order of the report. */
export function ReportFields({ incidentId, saved, actionItems, readOnly }: ReportFieldsProps) {
  const answered = REPORT_FIELDS.filter(({ id }) => (saved[id] ?? '').trim() !== '').length;
  const [onlyOpen, setOnlyOpen] = useState(false);
  // Fields that were open when the filter was switched on stay, so that none disappears while it is answered.
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const shown = (id: string): boolean => !onlyOpen || open.has(id);
  const toggle = (): void => {
    setOpen(new Set(REPORT_FIELDS.map(({ id }) => id).filter((id) => (saved[id] ?? '').trim() === '')));
    setOnlyOpen(!onlyOpen);
  };
  const sections = [...new Set(REPORT_FIELDS.map(({ section }) => section))];
  return (
    <section className="report__fields" aria-labelledby="report-fields-title">
      <header>
        <h2 id="report-fields-title">What only people can tell</h2>
        <p className="soft small">
          {readOnly ?? `${answered} of ${REPORT_FIELDS.length} answered. Each is saved when you leave it.`}
        </p>
        <div className="report__progress">
          <progress value={answered} max={REPORT_FIELDS.length} aria-label="Questions answered" />
          <Button look="quiet" aria-pressed={onlyOpen} onClick={toggle}>
            {onlyOpen ? 'Show all' : 'Only what is open'}
          </Button>
        </div>
      </header>
      {sections
        .filter((section) => fieldsOf(section).some(({ id }) => shown(id)))
        .map((section) => (
          <fieldset className="stack" key={section}>
            <legend className="report__section">{SECTION[section]}</legend>
            {fieldsOf(section)
              .filter(({ id }) => shown(id))
              .map((field) => (
                <ReportFieldEdit
                  key={field.id}
                  incidentId={incidentId}
                  field={field}
                  saved={saved[field.id] ?? ''}
                  readOnly={readOnly !== null}
                />
              ))}
          </fieldset>
        ))}
      <ActionItems items={actionItems} readOnly={readOnly !== null} />
    </section>
  );
}

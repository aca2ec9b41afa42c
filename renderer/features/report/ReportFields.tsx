import { REPORT_FIELDS, type FieldSection, fieldsOf } from '#shared/report/fields.ts';
import { ReportFieldEdit } from './ReportFieldEdit.tsx';

const SECTION: Readonly<Record<FieldSection, string>> = {
  head: 'Head',
  summary: 'Summary',
  impact: 'Impact',
  'root-cause': 'Root cause',
  resolution: 'Resolution',
  communications: 'Communications',
  lessons: 'Lessons learned',
  actions: 'Action items',
  defects: 'Runbook defects',
};

interface ReportFieldsProps {
  readonly incidentId: string;
  /** What was saved so far, by field. */
  readonly saved: Readonly<Record<string, string>>;
  /** Why nothing can be saved here, or null. */
  readonly readOnly: string | null;
}

/** What only people can tell, in the order of the report. */
export function ReportFields({ incidentId, saved, readOnly }: ReportFieldsProps) {
  const answered = REPORT_FIELDS.filter(({ id }) => (saved[id] ?? '').trim() !== '').length;
  const sections = [...new Set(REPORT_FIELDS.map(({ section }) => section))];
  return (
    <section className="report__fields" aria-labelledby="report-fields-title">
      <header>
        <h2 id="report-fields-title">What only people can tell</h2>
        <p className="soft small">
          {readOnly ?? `${answered} of ${REPORT_FIELDS.length} answered. Each is saved when you leave it.`}
        </p>
      </header>
      {sections.map((section) => (
        <fieldset className="stack" key={section}>
          <legend className="report__section">{SECTION[section]}</legend>
          {fieldsOf(section).map((field) => (
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
    </section>
  );
}

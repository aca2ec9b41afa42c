import { useState } from 'react';
import type { ReportField } from '#shared/report/fields.ts';
import { act } from '../../stores/incident.ts';
import { draftKey, dropDraft, keepDraft, saving, useReportDrafts } from '../../stores/report-drafts.ts';
import { AreaField, TextField } from '../../ui/Field.tsx';

interface ReportFieldEditProps {
  readonly incidentId: string;
  readonly field: ReportField;
  readonly saved: string;
  readonly readOnly: boolean;
}

/** One field of the report, saved on blur. If saving fails, the text stays and the field says so. */
export function ReportFieldEdit({ incidentId, field, saved, readOnly }: ReportFieldEditProps) {
  const key = draftKey(incidentId, field.id);
  const draft = useReportDrafts(({ texts }) => texts[key]);
  const [standing, setStanding] = useState<'saving' | 'saved' | 'refused' | null>(null);
  const text = draft ?? saved;
  const save = async (): Promise<void> => {
    if (draft === undefined) return;
    if (draft === saved) {
      dropDraft(key, draft);
      setStanding(null);
      return;
    }
    setStanding('saving');
    const taken = await saving(act({ kind: 'edit-report', field: field.id, text: draft }));
    setStanding(taken ? 'saved' : 'refused');
    if (taken) dropDraft(key, draft);
  };
  const shared = {
    label: field.title,
    hint: field.question,
    value: text,
    readOnly,
    maxLength: 10_000,
    onText: (typed: string) => {
      keepDraft(key, typed);
      setStanding(null);
    },
    onBlur: () => void save(),
  };
  return (
    <div className="report__field">
      {field.form === 'line' ? (
        <TextField {...shared} />
      ) : (
        <AreaField {...shared} rows={Math.max(2, text.split('\n').length)} />
      )}
      <p className="report__standing small" role="status">
        {standing === 'refused' ? (
          <strong className="tone-bad">Not saved. The text stays here; leave the field again to save it.</strong>
        ) : draft !== undefined && standing !== 'saving' ? (
          'Not saved yet.'
        ) : (
          (STANDING[standing ?? 'none'] ?? '')
        )}
      </p>
    </div>
  );
}

const STANDING: Readonly<Record<string, string>> = { saving: 'Saving.', saved: 'Saved.' };

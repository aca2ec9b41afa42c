import { useState } from 'react';
import { linesOf } from '#shared/incident/topics/reference.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { AreaField, TextField } from '../../ui/Field.tsx';
import { LineRange, type Lines } from './LineRange.tsx';
import { Form } from '../../ui/Form.tsx';

/** "The runbook is wrong here": notes a correction to the step's text, which becomes a diff in the report. */
export function ReportDefect({ step }: { readonly step: Step }) {
  const { state, readOnly } = useIncident();
  const [open, setOpen] = useState(false);
  const here = state.defects.filter(({ stepId }) => stepId === step.id).length;
  useKeys(
    'This step',
    readOnly === null ? [{ keys: 'w', label: 'The runbook is wrong here', run: () => setOpen(true) }] : [],
  );
  if (readOnly !== null) return null;
  return (
    <>
      <Button look="quiet" shortcut="W" onClick={() => setOpen(true)}>
        The runbook is wrong here{here === 0 ? '' : ` (${here})`}
      </Button>
      {open ? <ReportDefectDialog step={step} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ReportDefectDialog({ step, onClose }: { readonly step: Step; readonly onClose: () => void }) {
  const { state, view } = useIncident();
  const source = view.runbook.source;
  const all = source.split(/\r\n|\n|\r/);
  const last =
    step.line +
    source
      .slice(step.start, step.end)
      .trimEnd()
      .split(/\r\n|\n|\r/).length -
    1;
  const begin = step.commands[0]?.line ?? step.line;
  const [range, setRange] = useState<Lines>({ from: begin, until: begin });
  const was = all.slice(range.from - 1, range.until).join('\n');
  const before = state.defects.find((defect) => {
    const [first, end] = linesOf(defect);
    return first <= range.until && end >= range.from;
  });
  const [typed, setTyped] = useState<string | null>(null);
  const [comment, setComment] = useState('');
  const becomes = typed ?? before?.becomes ?? was;
  const nothing = becomes === was && comment.trim() === '' && before === undefined;
  const save = (): void => {
    if (nothing) return;
    onClose();
    const { from, until } = range;
    void act({ kind: 'report-defect', stepId: step.id, line: from, lines: until - from + 1, becomes, comment });
  };
  return (
    <Dialog title="The runbook is wrong here" onClose={onClose}>
      <Form className="stack" onSubmit={save}>
        <p className="soft">
          It is noted and goes into the report as a correction. The runbook stays as it is in this incident.
        </p>
        <LineRange
          first={step.line}
          lines={all.slice(step.line - 1, last)}
          range={range}
          onRange={(next) => {
            setRange(next);
            setTyped(null);
          }}
        />
        <AreaField
          label="As it should be"
          hint="Empty: to be left out. Several lines may stand in the place of one."
          code
          rows={Math.min(8, Math.max(2, becomes.split('\n').length + 1))}
          spellCheck={false}
          value={becomes}
          onText={setTyped}
          data-first-focus=""
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            save();
          }}
        />
        <TextField
          label="What is wrong"
          placeholder="For example: the command does not exist in this version"
          value={comment}
          onText={setComment}
        />
        {before === undefined ? null : (
          <p className="small soft">Noted before for line {before.line}; this takes its place.</p>
        )}
        <div className="row">
          <Button look="primary" type="submit" aria-disabled={nothing}>
            Note it
          </Button>
          <span className="small soft">
            {nothing ? 'Change the text, or say what is wrong.' : 'Ctrl+Enter in the text notes it too.'}
          </span>
        </div>
      </Form>
    </Dialog>
  );
}

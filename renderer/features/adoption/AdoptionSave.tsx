import { useEffect, useRef, useState } from 'react';
import type { AdoptionView } from '#shared/api/calls.ts';
import type { Failure } from '#shared/api/result.ts';
import type { Answers } from '#shared/runbook/adoption/question.ts';
import { count } from '#shared/words/count.ts';
import { go } from '../../app/route.ts';
import { ask } from '../../stores/core.ts';
import { loadRunbooks } from '../../stores/overview.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { Form } from '../../ui/Form.tsx';
import { pathProblem } from '../runbooks/absolute-path.ts';
import { ChangedLines } from '../runbooks/ChangedLines.tsx';

interface AdoptionSaveProps {
  readonly hash: string;
  readonly answers: Answers;
  readonly changes: AdoptionView;
}

/** What the answers change in the file, and where to save it. What is saved is then to be reviewed. */
export function AdoptionSave({ hash, answers, changes }: AdoptionSaveProps) {
  const [typed, setTyped] = useState(changes.path);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Pick<Failure, 'message' | 'advice'> | null>(null);
  const { hunks, notes, gapsBefore, gapsAfter } = changes;
  const shown = useRef<HTMLHeadingElement>(null);
  // It appears below a form that may be longer than the window.
  useEffect(() => {
    shown.current?.focus({ preventScroll: true });
    shown.current?.scrollIntoView({ block: 'start' });
  }, []);
  const path = typed.trim();
  const save = async (): Promise<void> => {
    const problem = pathProblem(path);
    setFailure(problem);
    if (problem !== null || saving) return;
    setSaving(true);
    const answer = await ask('runbook.adopt', { hash, answers, path });
    setSaving(false);
    if (!answer.ok) return setFailure(answer.error);
    await loadRunbooks();
    go({ screen: 'runbook', hash: answer.value.hash });
  };
  return (
    <section className="stack stack--tight" aria-labelledby="adoption-changes">
      <h2 id="adoption-changes" ref={shown} tabIndex={-1}>
        {hunks.length === 0 ? 'Nothing changes' : 'What changes in the file'}
      </h2>
      {notes.map((note) => (
        <p key={note} className="notice">
          {note}
        </p>
      ))}
      {hunks.map((lines) => (
        <ChangedLines key={`${lines[0]?.before} ${lines[0]?.after}`} lines={lines} />
      ))}
      {hunks.length === 0 ? null : (
        <>
          <p role="status" className="strong">
            {count(gapsBefore.length, 'gap')}, then {gapsAfter.length}.
          </p>
          <Form className="add-runbook__form" aria-label="Save it" onSubmit={() => void save()}>
            <TextField
              label="Save it to (the file itself, or the absolute path of a new one)"
              spellCheck={false}
              value={typed}
              onText={setTyped}
            />
            <Button type="submit" look="primary" aria-disabled={saving}>
              Save and review
            </Button>
          </Form>
          {failure === null ? null : (
            <p className="notice notice--bad" role="alert">
              <span className="strong">{failure.message}</span> {failure.advice ?? ''}
            </p>
          )}
        </>
      )}
    </section>
  );
}

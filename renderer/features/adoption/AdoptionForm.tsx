import { useState } from 'react';
import type { AdoptionView } from '#shared/api/calls.ts';
import type { Failure } from '#shared/api/result.ts';
import { type AdoptionQuestion, type Answers, askedAfter } from '#shared/runbook/adoption/question.ts';
import { count } from '#shared/words/count.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import { ask } from '../../stores/core.ts';
import { Button } from '../../ui/Button.tsx';
import { Form } from '../../ui/Form.tsx';
import { AdoptionField } from './AdoptionField.tsx';
import { AdoptionSave } from './AdoptionSave.tsx';

interface AdoptionFormProps {
  readonly hash: string;
  /** Without an answer. */
  readonly open: AdoptionView;
}

/** The questions, filled with what is proposed. What the answers change is shown before it can be saved. */
export function AdoptionForm({ hash, open }: AdoptionFormProps) {
  const [answers, setAnswers] = useState<Answers>(() =>
    Object.fromEntries(open.questions.map(({ id, proposed }) => [id, proposed])),
  );
  const [changes, setChanges] = useState<AdoptionView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const asked = askedAfter(open.questions, answers);
  const given = Object.fromEntries(asked.map(({ id }) => [id, answers[id] ?? '']));
  const change = (id: string, value: string): void => {
    setAnswers({ ...answers, [id]: value });
    setChanges(null);
    setFailure(null);
  };
  const show = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const answer = await ask('runbook.adoption', { hash, answers: given });
    setBusy(false);
    setChanges(answer.ok ? answer.value : null);
    setFailure(answer.ok ? null : answer.error);
  };
  const wrong = wrongAnswer(failure);
  const groups = [...Map.groupBy(asked, ({ about, line }) => `${line} ${about}`).entries()];
  return (
    <>
      <p>
        {count(open.gapsBefore.length, 'gap')}. What is filled in is a proposal; an empty answer leaves a question open.
        Only front matter and hints after the language of a code block are written.
      </p>
      <Form className="adoption__form" aria-label="Questions" onSubmit={() => void show()}>
        {groups.map(([key, questions]) => (
          <AdoptionGroup
            key={key}
            questions={questions}
            answers={answers}
            problemOf={(id) => (wrong?.question === id ? wrong.problem : null)}
            onAnswer={change}
          />
        ))}
        {failure === null || wrong !== null ? null : (
          <p className="notice notice--bad" role="alert">
            <span className="strong">{failure.message}</span> {failure.advice ?? ''}
          </p>
        )}
        <div className="screen__act">
          <Button type="submit" look={changes === null ? 'primary' : 'plain'} aria-disabled={busy}>
            Show what changes
          </Button>
        </div>
      </Form>
      {changes === null ? null : <AdoptionSave hash={hash} answers={given} changes={changes} />}
    </>
  );
}

/** The question whose answer does not fit, and why; null: the failure is about something else. */
function wrongAnswer(failure: Failure | null): { readonly question: string; readonly problem: string } | null {
  const { question, problem } = failure?.details ?? {};
  return typeof question === 'string' && typeof problem === 'string' ? { question, problem } : null;
}

interface AdoptionGroupProps {
  /** All about the same thing. */
  readonly questions: readonly AdoptionQuestion[];
  readonly answers: Answers;
  readonly problemOf: (id: string) => string | null;
  readonly onAnswer: (id: string, value: string) => void;
}

function AdoptionGroup({ questions, answers, problemOf, onAnswer }: AdoptionGroupProps) {
  const [first] = questions;
  if (first === undefined) return null;
  return (
    <fieldset className="adoption__group">
      <legend className="strong">
        {first.about} <span className="soft small tabular">line {first.line}</span>
      </legend>
      {first.commands.map((command) => (
        <code key={command}>{visibleCommand(command)}</code>
      ))}
      <div className="adoption__fields">
        {questions.map((question) => (
          <AdoptionField
            key={question.id}
            question={question}
            value={answers[question.id] ?? ''}
            problem={problemOf(question.id)}
            onAnswer={(value) => onAnswer(question.id, value)}
          />
        ))}
      </div>
    </fieldset>
  );
}

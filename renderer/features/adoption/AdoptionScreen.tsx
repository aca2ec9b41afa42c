import { useEffect, useState } from 'react';
import type { AdoptionView } from '#shared/api/calls.ts';
import { count } from '#shared/words/count.ts';
import { goBack } from '../../app/route.ts';
import { get } from '../../stores/core.ts';
import { useOpenRunbook } from '../../stores/overview.ts';
import { Button } from '../../ui/Button.tsx';
import { AdoptionForm } from './AdoptionForm.tsx';
import './adoption.css';

/** Asks what the gaps of a runbook leave open, shows what the answers change in its file, and saves it. */
export function AdoptionScreen({ hash }: { readonly hash: string }) {
  const runbook = useOpenRunbook(hash);
  const open = useOpenQuestions(hash);
  return (
    <main className="screen adoption">
      <header className="screen__head">
        <h1>Fill the gaps</h1>
        <p className="soft">{runbook?.summary.title ?? ''}</p>
        <Button shortcut="Esc" onClick={goBack}>
          Back
        </Button>
      </header>
      {open === null ? (
        <p role="status">The runbook is being read.</p>
      ) : (
        <>
          {open.notes.map((note) => (
            <p key={note} className="notice">
              {note}
            </p>
          ))}
          {open.questions.length === 0 ? (
            <p role="status">
              {count(open.gapsBefore.length, 'gap')}, none of which an answer could fill: each says what to change in
              the text.
            </p>
          ) : (
            <AdoptionForm hash={hash} open={open} />
          )}
        </>
      )}
    </main>
  );
}

/** The adoption without an answer; null while it is made, or if that failed, which is shown. */
function useOpenQuestions(hash: string): AdoptionView | null {
  const [view, setView] = useState<AdoptionView | null>(null);
  useEffect(() => {
    let left = false;
    const read = async (): Promise<void> => {
      const made = await get('runbook.adoption', { hash, answers: {} });
      if (!left) setView(made);
    };
    void read();
    return () => {
      left = true;
    };
  }, [hash]);
  return view;
}

import { visibleCommand } from '#shared/words/visible.ts';
import { count } from '#shared/words/count.ts';
import { useState } from 'react';
import type { OpenRunbook } from '#shared/api/calls.ts';
import type { FixedView, CheckView } from '#shared/runbook-check/check-view.ts';
import { useKeys } from '../../app/keys.ts';
import { goBack } from '../../app/route.ts';
import { ask } from '../../stores/core.ts';
import { tell } from '../../stores/notices.ts';
import { useOpenRunbook } from '../../stores/overview.ts';
import { repeatRunbookCheck, useRunbookCheck } from '../../stores/runbook-check.ts';
import { Button } from '../../ui/Button.tsx';
import { dateTime } from '../../ui/time.ts';
import { AskPrograms } from './AskPrograms.tsx';
import { FindingNote } from './FindingNote.tsx';

/** All findings of the runbook check, the gravest first, and a button that writes a corrected copy. */
export function FindingsScreen({ hash }: { readonly hash: string }) {
  const runbook = useOpenRunbook(hash);
  const runbookCheck = useRunbookCheck(hash);
  return (
    <main className="screen stack">
      <header className="screen__head">
        <h1>Findings</h1>
        <p className="soft">{runbook?.summary.title ?? ''}</p>
        <Button shortcut="Esc" onClick={goBack}>
          Back
        </Button>
      </header>
      {runbook === null || runbookCheck === null ? (
        <p role="status">Each command is held against the tools that are installed. Nothing of it is run.</p>
      ) : (
        <Findings runbook={runbook} runbookCheck={runbookCheck} />
      )}
    </main>
  );
}

function Findings({ runbook, runbookCheck }: { readonly runbook: OpenRunbook; readonly runbookCheck: CheckView }) {
  const { hash, bundled } = runbook.summary;
  const [busy, setBusy] = useState<'check' | 'fix' | null>(null);
  const [fixed, setFixed] = useState<FixedView | null>(null);
  const again = async (): Promise<void> => {
    if (busy !== null) return;
    setBusy('check');
    await repeatRunbookCheck(hash);
    setBusy(null);
  };
  const fixable = !bundled && runbookCheck.findings.length > 0;
  const fix = async (): Promise<void> => {
    if (busy !== null || !fixable) return;
    setBusy('fix');
    const answer = await ask('runbook-check.fix', { hash });
    if (answer.ok) setFixed(answer.value);
    else tell(answer.error);
    setBusy(null);
  };
  useKeys('Findings', [
    { keys: 'a', label: 'Check again', run: () => void again() },
    ...(fixable ? [{ keys: '', label: 'Write the corrected copy', run: () => void fix() }] : []),
  ]);
  const { error, warning, note, commands } = runbookCheck.summary;
  const lines = [...Map.groupBy(runbookCheck.findings, ({ line, command }) => `${line}\n${command}`).values()];
  return (
    <>
      <p role="status" className="strong">
        {error + warning + note === 0
          ? `Nothing was found in ${count(commands, 'command')}.`
          : `${count(error, 'error')}, ${count(warning, 'warning')}, ${count(note, 'note')} in ${count(commands, 'command')}.`}
      </p>
      <div className="row">
        <Button shortcut="A" aria-disabled={busy !== null} onClick={() => void again()}>
          {busy === 'check' ? 'Asking the tools' : 'Check again'}
        </Button>
        {fixable ? (
          <Button aria-disabled={busy !== null} onClick={() => void fix()}>
            Write the corrected copy
          </Button>
        ) : null}
        <span className="small soft">Checked {dateTime(runbookCheck.checkedAt)}.</span>
      </div>
      {fixed === null ? null : <Written fixed={fixed} />}
      <ol className="findings__list" aria-label="Findings, the gravest first">
        {lines.map((found) => (
          <li key={`${found[0]?.line} ${found[0]?.command}`} className="findings__place">
            <span className="soft small tabular">line {found[0]?.line}</span>
            <div className="stack stack--tight">
              <code>{visibleCommand(found[0]?.command ?? '')}</code>
              {found.map((finding) => (
                <FindingNote key={`${finding.rule} ${finding.column}`} finding={finding} />
              ))}
            </div>
          </li>
        ))}
      </ol>
      <ToolsAsked runbookCheck={runbookCheck} />
      <AskPrograms hash={hash} programs={runbookCheck.askable} />
    </>
  );
}

function Written({ fixed }: { readonly fixed: FixedView }) {
  return (
    <section className="notice stack stack--tight" role="status" aria-label="Corrected copy">
      <p className="strong">
        {count(fixed.applied.length, 'finding')} corrected, {fixed.advice.length} left to you. Your file is as it was.
      </p>
      <p className="finding__rule">{fixed.path}</p>
      <details>
        <summary>What differs</summary>
        <pre className="findings__diff">{fixed.diff}</pre>
      </details>
    </section>
  );
}

function ToolsAsked({ runbookCheck }: { readonly runbookCheck: CheckView }) {
  if (runbookCheck.tools.length + runbookCheck.unchecked.length + runbookCheck.missing.length === 0) return null;
  return (
    <section aria-labelledby="tools-asked">
      <h2 id="tools-asked">Tools</h2>
      <ul className="small">
        {runbookCheck.tools.map(({ tool, path, version, why }) => (
          <li key={tool}>
            <span className="strong">{tool}</span>{' '}
            {why === null ? `asked: ${path} ${version}` : `not checked against your binary: ${why}`}
          </li>
        ))}
      </ul>
      {runbookCheck.missing.map(({ tool, line, message, fix }) => (
        <p key={tool} className="small" role="note">
          <span className="strong">Line {line}:</span> {message} {fix}
        </p>
      ))}
      {runbookCheck.unchecked.length === 0 ? null : (
        <p className="small soft">
          Nothing is known of {runbookCheck.unchecked.join(', ')}: whether their commands exist was not looked at.
        </p>
      )}
    </section>
  );
}

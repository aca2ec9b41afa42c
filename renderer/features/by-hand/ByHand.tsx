import { useState } from 'react';
import type { Command, Step } from '#shared/runbook/model.ts';
import { proofsOf } from '#shared/steps/proofs.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { CommandLine } from '../../ui/Command.tsx';
import { AreaField, TextField } from '../../ui/Field.tsx';
import { commandText, handNote } from '#shared/incident/variables.ts';
import { findingsOn, useRunbookCheck } from '../../stores/runbook-check.ts';
import { FindingNotes } from '../runbook-check/FindingNote.tsx';
import './by-hand.css';

/** The commands to copy and run elsewhere. A pasted result is recorded, and the post-condition is checked as usual. */
export function ByHand({ step, unfolded }: { readonly step: Step; readonly unfolded: boolean }) {
  if (step.commands.length === 0) return null;
  return (
    <details className="by-hand" open={unfolded}>
      <summary>
        {step.commands.length === 1 ? 'The command' : `The ${step.commands.length} commands`}, to copy and run by hand
      </summary>
      <div className="stack">
        {step.commands.map((command) => (
          <HandCommand key={command.id} step={step} command={command} />
        ))}
      </div>
    </details>
  );
}

function HandCommand({ step, command }: { readonly step: Step; readonly command: Command }) {
  const { state, runbook, view } = useIncident();
  const runbookCheck = useRunbookCheck(view.runbook.summary.hash);
  const [telling, setTelling] = useState(false);
  const [exitCode, setExitCode] = useState('0');
  const [output, setOutput] = useState('');
  const code = /^\d{1,3}$/.test(exitCode) && Number(exitCode) <= 255 ? Number(exitCode) : null;
  const tell = async (): Promise<void> => {
    if (code === null) return;
    const taken = await act({ kind: 'ran-by-hand', stepId: step.id, commandId: command.id, exitCode: code, output });
    if (taken) setTelling(false);
  };
  return (
    <div className="stack stack--tight">
      {proofsOf(step).includes(command) ? (
        <p className="small soft">
          Post-condition: run by Rollbook after the change.
          {command.expects?.expect == null ? null : (
            <>
              {' '}
              Has to say <code>{command.expects.expect}</code>
            </>
          )}
        </p>
      ) : null}
      <CommandLine
        text={commandText(command, state, runbook)}
        onCopied={() => void act({ kind: 'copied-command', stepId: step.id, commandId: command.id })}
      />
      {handNote(command) === null ? null : <p className="small soft">{handNote(command)}</p>}
      <FindingNotes
        label={`Findings about ${command.text}`}
        findings={findingsOn(runbookCheck, command.line, command.line + command.text.split('\n').length - 1)}
      />
      {telling ? (
        <div className="hand stack">
          <TextField
            label="Exit code"
            inputMode="numeric"
            value={exitCode}
            onText={setExitCode}
            {...(code === null ? { hint: 'A number from 0 to 255.' } : {})}
          />
          <AreaField
            label="What it printed"
            code
            value={output}
            onText={setOutput}
            hint="Paste it as it is. Secrets are taken out before it is kept."
          />
          <div className="row">
            <Button disabled={code === null} onClick={() => void tell()}>
              Record that I ran it
            </Button>
            <Button look="quiet" onClick={() => setTelling(false)}>
              Cancel
            </Button>
          </div>
        </div>
      ) : (
        <div>
          <Button onClick={() => setTelling(true)}>I ran it</Button>
        </div>
      )}
    </div>
  );
}

import { releaseName } from '#shared/platforms/release-name.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { CommandLine } from '../../ui/Command.tsx';
import { act } from '../../stores/incident.ts';
import { ChangesBetween, MigrationBetween } from '../releases/ChangesBetween.tsx';
import { commandText, undoText } from '#shared/incident/variables.ts';
import { staysText } from '#shared/platforms/unchanged-by-rollback.ts';
import './undo-card.css';

/** To read before a deploy: both versions, the way back first, the command, what stays as it is and what is taken back. */
export function UndoCard({ step }: { readonly step: Step }) {
  const { state, runbook } = useIncident();
  const { choice } = state;
  const command = step.commands.find((each) => each.effect !== 'read');
  if (choice === null || command === undefined) return null;
  return (
    <section className="undo" aria-label="Before you run it">
      <p className="undo__versions">
        <span className="sr-only">From version </span>
        <span>
          {choice.from.label ??
            (choice.from.version === null ? 'unknown' : releaseName({ version: choice.from.version }))}
        </span>
        <span aria-hidden="true">&rarr;</span>
        <span className="sr-only"> to version </span>
        <span className="undo__to">{releaseName(choice)}</span>
        <span className="undo__service">on {state.declared.service}</span>
      </p>
      <MigrationBetween service={state.declared.service} />
      <Undo text={undoText(step, state, runbook, choice)} />
      <CommandLine
        label="Command"
        text={commandText(command, state, runbook)}
        onCopied={() => void act({ kind: 'copied-command', stepId: step.id, commandId: command.id })}
      />
      <dl className="undo__facts">
        <dt>What stays</dt>
        <dd>{staysText(runbook, state.declared.service)}</dd>
        <dt>Taken back</dt>
        <dd>
          <ChangesBetween service={state.declared.service} />
        </dd>
      </dl>
    </section>
  );
}

/** The command that goes back; null when the image that ran before is not known. */
export const Undo = ({ text }: { readonly text: string | null }) =>
  text === null ? (
    <p className="small">Undo: the image that ran before is not known.</p>
  ) : (
    <CommandLine label="Undo, should it make things worse" text={text} />
  );

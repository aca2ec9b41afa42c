import type { Command, Runbook } from '#shared/runbook/model.ts';
import type { Finding } from '#shared/runbook-check/finding.ts';
import { serviceCommands } from '#shared/runbook/services.ts';
import { FindingNotes } from '../runbook-check/FindingNote.tsx';
import { CommandWords } from '../../ui/Command.tsx';
import { Mark } from '../../ui/marks.tsx';

const EFFECT = {
  read: { shape: 'ring', tone: 'plain', word: 'reads' },
  change: { shape: 'triangle', tone: 'caution', word: 'changes' },
  unknown: { shape: 'question', tone: 'caution', word: 'not known: treated as a change' },
} as const;

/** Every command of a runbook: its place, its effect and its findings. */
export function RunbookCommands({
  runbook,
  findings,
}: {
  readonly runbook: Runbook;
  readonly findings: readonly Finding[];
}) {
  const groups = runbook.procedures.map((procedure) => ({
    id: procedure.id,
    title: procedure.title,
    commands: procedure.steps.flatMap(({ commands }) => commands),
  }));
  const declared = serviceCommands(runbook.settings);
  const all = [
    ...groups.filter(({ commands }) => commands.length > 0),
    ...(runbook.otherCommands.length === 0
      ? []
      : [{ id: 'other', title: 'Outside of the procedures: to copy, never run', commands: runbook.otherCommands }]),
  ];
  const count = all.reduce((sum, { commands }) => sum + commands.length, declared.length);
  return (
    <section className="stack stack--tight" aria-labelledby="review-commands">
      <h2 id="review-commands">{count === 1 ? '1 command' : `${count} commands`}</h2>
      {count === 0 ? <p className="soft">It runs nothing; it can only be read and ticked.</p> : null}
      {declared.length === 0 ? null : (
        <div className="stack stack--tight">
          <h3>Declared for services, in the front matter: run to list, see and prove releases</h3>
          <ul className="boxed-list review__list" aria-label="Commands of services">
            {declared.map(({ service, text }, index) => (
              <li key={`${service} ${index}`}>
                <span className="soft small">{service}</span>
                <span className="review__command">
                  <code>
                    <CommandWords text={text} />
                  </code>
                  <span className="small">
                    <Mark {...EFFECT.read} />
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {all.map(({ id, title, commands }) => (
        <div key={id} className="stack stack--tight">
          <h3>{title}</h3>
          <ul className="boxed-list review__list" aria-label={`Commands of ${title}`}>
            {commands.map((command) => (
              <CommandRow
                key={command.id}
                command={command}
                findings={findings.filter(
                  ({ line }) => line >= command.line && line < command.line + command.text.split('\n').length,
                )}
              />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

const CommandRow = ({ command, findings }: { readonly command: Command; readonly findings: readonly Finding[] }) => (
  <li>
    <span className="soft small tabular">line {command.line}</span>
    <span className="review__command">
      <code>
        <CommandWords text={command.text} />
      </code>
      <span className="small">
        <Mark {...EFFECT[command.effect]} />
        {command.form === 'script' ? <span className="soft"> · run by bash</span> : null}
      </span>
      <FindingNotes findings={findings} label={`Findings about ${command.text}`} />
    </span>
  </li>
);

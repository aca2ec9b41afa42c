import { useState } from 'react';
import type { AskableProgram } from '#shared/runbook-check/approved-program.ts';
import { useKeys } from '../../app/keys.ts';
import { useOverview } from '../../stores/overview.ts';
import { approveProgram } from '../../stores/runbook-check.ts';
import { Button } from '../../ui/Button.tsx';

/** Programs that the check does not know. A person can allow each one to be run with `--help`. */
export function AskPrograms({
  hash,
  programs,
}: {
  readonly hash: string;
  readonly programs: readonly AskableProgram[];
}) {
  const alone = useOverview(({ info }) => info?.emergency?.readable === false);
  const [open, setOpen] = useState<string | null>(null);
  const [first] = programs;
  useKeys(
    'Findings',
    alone || first === undefined
      ? []
      : [{ keys: '', label: `Ask ${first.tool} for its help`, run: () => setOpen(first.tool) }],
  );
  if (alone || programs.length === 0) return null;
  return (
    <ul className="ask-programs" aria-label="Programs that can be asked">
      {programs.map((program) => (
        <li key={program.tool}>
          {open === program.tool ? (
            <AskCard hash={hash} program={program} onClose={() => setOpen(null)} />
          ) : (
            <div className="row">
              <Button onClick={() => setOpen(program.tool)}>Ask {program.tool} for its help</Button>
              <span className="small soft">
                {program.changed
                  ? 'It was approved, and is another file by now.'
                  : 'Nothing is known of it. You see first what that runs.'}
              </span>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

interface AskCardProps {
  readonly hash: string;
  readonly program: AskableProgram;
  readonly onClose: () => void;
}

function AskCard({ hash, program, onClose }: AskCardProps) {
  const [asking, setAsking] = useState(false);
  const { tool, path, sha256, runs } = program;
  const ask = async (): Promise<void> => {
    if (asking) return;
    setAsking(true);
    const taken = await approveProgram(hash, program);
    setAsking(false);
    if (taken) onClose();
  };
  return (
    <section className="notice notice--caution ask-card" aria-label={`Ask ${tool} for its help`}>
      <p className="strong">Let Rollbook run {tool} for its help?</p>
      <dl className="ask-card__facts">
        <div>
          <dt>Program</dt>
          <dd>
            <code>{path}</code>
            <span className="small soft"> sha256 {sha256.slice(0, 12)}</span>
          </dd>
        </div>
        <div>
          <dt>What is run</dt>
          <dd>
            <ul className="ask-card__runs">
              {runs.map((run) => (
                <li key={run}>
                  <code>{run}</code>
                </li>
              ))}
            </ul>
          </dd>
        </div>
        <div>
          <dt>Where</dt>
          <dd>In an empty folder, without your login, home folder or network; five seconds a question.</dd>
        </div>
      </dl>
      <p className="small">
        Remembered until the file changes. It can be taken back under Settings. Most programs only print for these
        words; one that does more would do it.
      </p>
      <div className="row">
        <Button look="primary" disabled={asking} onClick={() => void ask()} autoFocus>
          {asking ? 'Asking it' : `Ask ${tool}`}
        </Button>
        <Button onClick={onClose}>Not now</Button>
      </div>
    </section>
  );
}

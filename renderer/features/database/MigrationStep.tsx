import { useState } from 'react';
import { backupAge, backupStanding } from '#shared/platforms/supabase/backups.ts';
import { usualSqlFile } from '#shared/platforms/supabase/migrations.ts';
import type { Step } from '#shared/runbook/model.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { TextField } from '../../ui/Field.tsx';
import { Mark } from '../../ui/marks.tsx';
import { dateTime } from '../../ui/time.ts';
import { StepFrame } from '../steps/StepFrame.tsx';
import { StepMaterial } from '../steps/StepMaterial.tsx';
import '../releases/releases.css';

const VERDICT = {
  proposed: { shape: 'solid', tone: 'proven', word: 'proposed' },
  buried: { shape: 'cross', tone: 'bad', word: 'others stand on it' },
} as const;

/** Chooses the migration to undo and the reviewed SQL file, and shows whether a backup is older than the migration. */
export function MigrationStep({ step }: { readonly step: Step }) {
  const { state } = useIncident();
  const read = state.database.migrations;
  const drill = state.declared.adapter === 'simulated';
  const [picked, setPicked] = useState<string | null>(null);
  const version = picked ?? read?.proposed ?? null;
  const chosen = read?.migrations.find((each) => each.version === version);
  const usual = chosen === undefined ? '' : usualSqlFile(chosen);
  // In a drill the file is at its usual path. For a real checkout the folder is not known here.
  const [file, setFile] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  if (read === null) return null;
  const path = file ?? (drill ? usual : '');
  const standing = backupStanding(read.backups, chosen?.at ?? null, read.backupProblem);
  const red = !standing.older || read.verdicts.some((each) => each.version === version && each.verdict === 'buried');
  const missing =
    chosen === undefined
      ? 'Choose a migration.'
      : path.trim() === ''
        ? 'Give the whole path of the reviewed SQL file.'
        : red && reason.trim() === ''
          ? 'Say why it is undone all the same.'
          : null;
  return (
    <StepFrame
      step={step}
      title={step.title}
      primary={{
        label: chosen === undefined ? 'Choose a migration' : `Undo ${chosen.version}`,
        explain: 'Checks the file and records the choice. Nothing is run yet.',
        run: () =>
          void (
            chosen &&
            act({
              kind: 'choose-migration',
              stepId: step.id,
              version: chosen.version,
              sqlFile: path.trim(),
              reason: red ? reason.trim() : '',
            })
          ),
        blocked: missing,
        changes: false,
      }}
    >
      <fieldset className="releases">
        <legend className="sr-only">Migrations, newest first</legend>
        {read.verdicts.map((each) => {
          const migration = read.migrations.find((other) => other.version === each.version);
          return (
            <label className={`release ${each.verdict === 'buried' ? 'release--bad' : ''}`} key={each.version}>
              <input
                type="radio"
                name="migration"
                checked={each.version === version}
                onChange={() => setPicked(each.version)}
                aria-label={`${each.version}, ${VERDICT[each.verdict].word}`}
              />
              <span />
              <span className="release__mark">
                <span className="release__name">{migration?.name || each.version}</span>
                <Mark {...VERDICT[each.verdict]} />
              </span>
              <span />
              <span className="release__why">
                {each.why}
                <span className="soft small">
                  {each.version}
                  {migration?.at == null ? '' : ` · ${dateTime(migration.at)}`}
                </span>
              </span>
            </label>
          );
        })}
      </fieldset>
      <section className={`notice ${standing.older ? 'notice--proven' : 'notice--bad'}`} aria-label="Backups">
        <h3>{standing.older ? 'A backup is older' : 'No backup is known to be older'}</h3>
        <p>{standing.why}</p>
        <ul className="small">
          {(read.backups?.backups ?? []).slice(0, 5).map((backup) => (
            <li key={backup.at}>
              <span className="tabular">{dateTime(backup.at)}</span> {backup.status}
              {chosen?.at == null ? '' : `, ${backupAge(backup, chosen.at)}`}
            </li>
          ))}
        </ul>
      </section>
      <div className="form-grid" data-enter="primary">
        <TextField
          label="The reviewed SQL file that undoes it"
          hint={`Its whole path; teams usually keep it as ${usual}`}
          value={path}
          onText={setFile}
          spellCheck={false}
        />
        {red ? <TextField label="Why it is undone all the same" value={reason} onText={setReason} /> : null}
      </div>
      <StepMaterial step={step} />
    </StepFrame>
  );
}

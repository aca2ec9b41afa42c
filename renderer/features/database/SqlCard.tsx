import { rollbackArguments, STATEMENT_TIMEOUT } from '#shared/platforms/postgres/queries.ts';
import { targetText, wordToType } from '#shared/platforms/postgres/target.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { CommandLine } from '../../ui/Command.tsx';
import { Mark } from '../../ui/marks.tsx';
import { dateTime } from '../../ui/time.ts';
import '../steps/undo-card.css';

/** To read before the SQL runs: where, what is removed, what may be lost, and the dump to go back with. */
export function SqlCard() {
  const { choice, identified, dump } = useIncident().state.database;
  if (choice === null || identified === null) return null;
  const { gone, exists, affected, opaque } = choice.sql;
  return (
    <section className="undo" aria-label="Before you run it">
      <p className="undo__versions">
        <span>{choice.name || choice.version}</span>
        <span aria-hidden="true">&rarr;</span>
        <span className="undo__to">undone</span>
        <span className="undo__service">on {wordToType(identified.target)}</span>
      </p>
      <dl className="undo__facts">
        <dt>Database</dt>
        <dd className="mono">{targetText(identified.target)}</dd>
        <dt>May be lost</dt>
        <dd>
          <strong>
            Whatever was written to {affected.join(', ')}{' '}
            {choice.at === null ? 'since the migration' : `since ${dateTime(choice.at)}`}
          </strong>
        </dd>
        <dt>Gone afterwards</dt>
        <dd>{gone.join(', ') || 'no table'}</dd>
        <dt>There afterwards</dt>
        <dd>{exists.join(', ') || 'not said'}</dd>
        <dt>Together</dt>
        <dd>
          The file and its history row go in one transaction: all of it or nothing. It gives up after 5 s at a lock, and
          after {STATEMENT_TIMEOUT.replace('min', ' min')} in one statement.
        </dd>
        <dt>Dump</dt>
        <dd>
          {dump === null ? (
            <Mark shape="cross" tone="bad" word="left out" />
          ) : (
            <>
              {dump.tables.length} tables, {dump.bytes} bytes, <span className="mono">{dump.path}</span>
            </>
          )}
        </dd>
        <dt>Backup</dt>
        <dd>
          {choice.backup.older ? choice.backup.why : <Mark shape="cross" tone="bad" word={choice.backup.why} />}
          {choice.reason === '' ? '' : ` ${choice.reason}`}
        </dd>
      </dl>
      {opaque ? (
        <p className="notice notice--caution">
          The file has code in dollar quotes, in which Rollbook looks for nothing.
        </p>
      ) : null}
      <CommandLine label="Command" text={shellQuote(['psql', ...rollbackArguments(choice.file, choice.version)])} />
    </section>
  );
}

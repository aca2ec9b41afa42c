import { releaseName } from '#shared/platforms/release-name.ts';
import { changesBetween } from '#shared/incident/changes-between.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Mark } from '../../ui/marks.tsx';
import { dateTime } from '../../ui/time.ts';
import './changes-between.css';

/** The releases, commits and migrations that going back would undo. What is not known is said. */
export function ChangesBetween({ service }: { readonly service: string }) {
  const { state } = useIncident();
  const changes = changesBetween(state, service);
  if (changes === null) return null;
  const { releases, read } = changes;
  return (
    <div className="between" aria-label={`What changed in between on ${service}`} role="group">
      <ul className="undone">
        {releases.map((release) => (
          <li key={release.version}>
            <span className="strong tabular">{releaseName(release)}</span> {release.description} · {release.status} ·{' '}
            {release.user} ·{' '}
            <span className="tabular nowrap">
              {release.createdAt === null ? 'time not known' : dateTime(release.createdAt)}
            </span>{' '}
            {release.sameImage ? <Mark shape="ring" tone="plain" word="same image: only secrets or settings" /> : null}
            {release.migration ? <Mark shape="cross" tone="bad" word="migration in between" /> : null}
          </li>
        ))}
      </ul>
      <Commits read={read} />
      <Migrations read={read} />
    </div>
  );
}

/** The warning of a migration in between, apart from the rest: it must be seen before anything is run. */
export function MigrationBetween({ service }: { readonly service: string }) {
  const { state } = useIncident();
  if (changesBetween(state, service)?.migration !== true) return null;
  return (
    <p className="notice notice--bad">
      <span>
        <strong>A migration lies in between.</strong> The older code meets a newer schema: going back may break more
        than it mends.
      </span>
    </p>
  );
}

type Read = NonNullable<ReturnType<typeof changesBetween>>['read'];

function Commits({ read }: { readonly read: Read }) {
  if (read?.commits == null) return <Unknown what="commits" why={read?.commitsNote ?? 'Not looked up yet.'} />;
  return (
    <details open={read.commits.length <= 5}>
      <summary>
        {read.commits.length} {read.commits.length === 1 ? 'commit' : 'commits'}{' '}
        <span className="soft small">{read.commitsNote}</span>
      </summary>
      <ul className="undone">
        {read.commits.map(({ hash, at, author, subject }) => (
          <li key={hash}>
            <span className="mono">{hash.slice(0, 8)}</span> {subject}{' '}
            <span className="soft small">
              {author} · <span className="tabular nowrap">{dateTime(at)}</span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Migrations({ read }: { readonly read: Read }) {
  if (read?.migrations == null) return <Unknown what="migrations" why={read?.migrationsNote ?? 'Not looked up yet.'} />;
  return (
    <div>
      <p>
        {read.migrations.length === 0 ? (
          'No migration'
        ) : (
          <Mark
            shape="cross"
            tone="bad"
            word={
              read.migrations.length === 1
                ? '1 migration in between'
                : `${read.migrations.length} migrations in between`
            }
          />
        )}{' '}
        <span className="soft small">{read.migrationsNote}</span>
      </p>
      <ul className="undone">
        {read.migrations.map(({ version, name }) => (
          <li key={version} className="mono">
            {version} {name}
          </li>
        ))}
      </ul>
    </div>
  );
}

const Unknown = ({ what, why }: { readonly what: string; readonly why: string }) => (
  <p>
    <Mark shape="question" tone="caution" word={`Not known: ${what}.`} /> <span className="soft small">{why}</span>
  </p>
);

import type { Emergency } from '#shared/api/calls.ts';
import { useOverview } from '../stores/overview.ts';
import { Button } from '../ui/Button.tsx';
import { InlineCode } from '../ui/marks.tsx';
import { go, type Route } from './route.ts';

interface Bar {
  readonly emergency: Emergency;
  readonly route: Route;
}

/** Above every screen while the store cannot be used: why, what still works, and where that is kept. */
export function EmergencyBar({ emergency, route }: Bar) {
  if (!DURING.has(route.screen)) return <WholeBar emergency={emergency} />;
  if (!isAffected(emergency, route)) return null;
  return (
    <section className="emergency" role="alert" aria-label="The store cannot be used">
      <p>
        <strong>The store cannot be used: only commands that read are run.</strong> <KeptIn emergency={emergency} />
      </p>
    </section>
  );
}

/** An incident in a readable store has its own bar (StorageHealthBar), so this one is left out. */
const isAffected = ({ readable, apart }: Emergency, route: Route): boolean =>
  !readable || !('id' in route) || apart.includes(route.id);

function WholeBar({ emergency }: Pick<Bar, 'emergency'>) {
  const incidents = useOverview((overview) => overview.incidents) ?? [];
  const { problem, readable, apart } = emergency;
  return (
    <section className="emergency" role="alert" aria-label="The store cannot be used">
      <p className="strong">
        {readable
          ? 'The store could not be written: what is in it can be read.'
          : 'The store cannot be used: its incidents, drills and settings are out of reach.'}
      </p>
      <p className="small">
        <InlineCode text={problem.message} /> <InlineCode text={problem.advice ?? ''} />
      </p>
      <p className="small">
        You can read the runbooks, and declare an incident. Rollbook then runs commands that only read; run those that
        change something yourself, and say here that you did. <KeptIn emergency={emergency} />
      </p>
      <div className="row">
        {/* When the store can be read, the screens have a key of their own for this. */}
        {readable ? null : (
          <Button shortcut="D" onClick={declare}>
            Declare an incident
          </Button>
        )}
        {incidents
          .filter(({ id }) => apart.includes(id))
          .map(({ id, title }) => (
            <Button key={id} onClick={() => go({ screen: 'incident', id })}>
              {title}
            </Button>
          ))}
      </div>
    </section>
  );
}

function KeptIn({ emergency: { folder } }: Pick<Bar, 'emergency'>) {
  return (
    <>
      What you do is kept in <code>{folder}</code>, and put into the store by the next start of Rollbook that can write
      it.
    </>
  );
}

/** Screens with the short bar, because an incident needs the space. */
const DURING: ReadonlySet<Route['screen']> = new Set<Route['screen']>(['declare', 'incident', 'report', 'clock']);

export const declare = (): void => go({ screen: 'declare', drill: null });

/** Screens that need the store are replaced by the reference. */
export function routeInEmergency(route: Route): Route {
  const readable = ['reference', 'runbooks', 'runbook', 'findings', 'incident', 'report', 'clock'].includes(
    route.screen,
  );
  return readable || (route.screen === 'declare' && route.drill === null)
    ? route
    : { screen: 'reference', section: null };
}

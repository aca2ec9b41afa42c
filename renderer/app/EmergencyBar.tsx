import type { AppInfo } from '#shared/contract/calls.ts';
import { useOverview } from '../stores/overview.ts';
import { Button } from '../ui/Button.tsx';
import { Said } from '../ui/Said.tsx';
import { go, type Route } from './route.ts';

type Emergency = NonNullable<AppInfo['emergency']>;

/** On top of every screen: why the store cannot be used, what can be done without it, and where that is kept. */
export function EmergencyBar({ emergency, route }: { readonly emergency: Emergency; readonly route: Route }) {
  const incidents = useOverview((overview) => overview.incidents) ?? [];
  const { problem, folder } = emergency;
  const kept = (
    <>
      What you do is kept in <code>{folder}</code>, and put into the store when it opens again.
    </>
  );
  if (DURING.has(route.screen)) {
    return (
      <section className="emergency" role="alert" aria-label="The store cannot be used">
        <p>
          <strong>The store cannot be used: only commands that read are run.</strong> {kept}
        </p>
      </section>
    );
  }
  return (
    <section className="emergency" role="alert" aria-label="The store cannot be used">
      <p className="strong">The store cannot be used: its incidents, drills and settings are out of reach.</p>
      <p className="small">
        <Said text={problem.message} /> <Said text={problem.advice ?? ''} />
      </p>
      <p className="small">
        You can read the runbooks, and declare an incident. Rollbook then runs commands that only read; run those that
        change something yourself, and say here that you did. {kept}
      </p>
      <div className="row">
        <Button shortcut="D" onClick={declare}>
          Declare an incident
        </Button>
        {incidents.map(({ id, title }) => (
          <Button key={id} onClick={() => go({ screen: 'incident', id })}>
            {title}
          </Button>
        ))}
      </div>
    </section>
  );
}

/** An incident needs the room. */
const DURING: ReadonlySet<Route['screen']> = new Set<Route['screen']>(['declare', 'incident', 'report', 'clock']);

export const declare = (): void => go({ screen: 'declare', drill: null });

/** Places that need what is in the store become the reference. */
export function routeInEmergency(route: Route): Route {
  const readable = ['reference', 'runbooks', 'runbook', 'findings', 'incident', 'report', 'clock'].includes(
    route.screen,
  );
  return readable || (route.screen === 'declare' && route.drill === null)
    ? route
    : { screen: 'reference', section: null };
}

import type { Failure } from '#shared/contract/result.ts';
import type { Route } from './route.ts';

/** On top of every screen: why there is nothing but the reference, and what to do. */
export function OnlyReference({ why }: { readonly why: Failure }) {
  return (
    <section className="only-reference" role="alert" aria-label="Only the reference">
      <p className="strong">Only the reference can be shown: incidents, drills and settings are out of reach.</p>
      <p className="small">{why.message}</p>
      {why.advice === undefined ? null : <p className="small">{why.advice}</p>}
    </section>
  );
}

/** Places that need incidents or settings become the reference. */
export const routeToRead = (route: Route): Route =>
  ['reference', 'runbooks', 'runbook', 'findings'].includes(route.screen)
    ? route
    : { screen: 'reference', section: null };

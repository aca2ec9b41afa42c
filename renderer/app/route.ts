/** The current screen. Kept in the URL fragment, so that a reload returns to it. */
import { create } from 'zustand';
import { dismissNotices } from '../stores/notices.ts';

export type Route =
  | { readonly screen: 'home' }
  | { readonly screen: 'drill' }
  | { readonly screen: 'quick' }
  /** `drill` null: a live incident. */
  | { readonly screen: 'declare'; readonly drill: DrillSetting | null }
  | { readonly screen: 'runbooks' }
  | { readonly screen: 'readiness' }
  | { readonly screen: 'settings' }
  | { readonly screen: 'runbook'; readonly hash: string }
  | { readonly screen: 'findings'; readonly hash: string }
  | { readonly screen: 'adoption'; readonly hash: string }
  | { readonly screen: 'incident'; readonly id: string }
  | { readonly screen: 'report'; readonly id: string }
  /** The only content of the desktop's small clock window. */
  | { readonly screen: 'clock'; readonly id: string }
  | { readonly screen: 'reference'; readonly section: string | null };

/** A drill's settings, chosen before its row of the matrix. */
export interface DrillSetting {
  readonly scenario: string;
  /** Seconds of drill time per second of wall time. */
  readonly speed: number;
}

interface Routing {
  readonly route: Route;
  /** True when the page was loaded on this screen. The wizard then says where the person was. */
  readonly restored: boolean;
  /** The screens before this one, the newest last. */
  readonly behind: readonly Route[];
}

export const useRoute = create<Routing>(() => ({ route: { screen: 'home' }, restored: false, behind: [] }));

export function listenForRoutes(): void {
  useRoute.setState({ route: readRoute(location.hash), restored: true, behind: [] });
  window.addEventListener('hashchange', () => {
    const route = readRoute(location.hash);
    // `go` has set the route already. A different one was typed, or comes from the browser's back button.
    if (writeRoute(route) === writeRoute(useRoute.getState().route)) return;
    dismissNotices();
    useRoute.setState({ route, restored: false, behind: [] });
  });
}

/** Sets the route at once, not at the `hashchange` event: the next key already belongs to the new screen. */
export function go(route: Route): void {
  leaveNotices(route);
  location.hash = writeRoute(route);
  useRoute.setState((now) => ({ route, restored: false, behind: behindAfter(now, route) }));
}

/** To the screen before this one, or home. Takes effect at once, which `history.back` does not. */
export function goBack(): void {
  const { behind } = useRoute.getState();
  const route = behind.at(-1) ?? ({ screen: 'home' } as const);
  leaveNotices(route);
  history.replaceState(history.state, '', writeRoute(route));
  useRoute.setState({ route, restored: false, behind: behind.slice(0, -1) });
}

/** A failure belongs to the screen it happened on. */
function leaveNotices(next: Route): void {
  if (writeRoute(next) !== writeRoute(useRoute.getState().route)) dismissNotices();
}

function behindAfter({ route: left, behind }: Routing, next: Route): readonly Route[] {
  if (next.screen === 'home') return [];
  return left.screen === next.screen ? behind : [...behind, left];
}

export function writeRoute(route: Route): string {
  switch (route.screen) {
    case 'home':
      return '#/';
    case 'drill':
    case 'quick':
    case 'runbooks':
    case 'readiness':
    case 'settings':
      return `#/${route.screen}`;
    case 'declare':
      return route.drill === null
        ? '#/declare'
        : `#/declare/${encodeURIComponent(route.drill.scenario)}/${route.drill.speed}`;
    case 'runbook':
    case 'findings':
    case 'adoption':
      return `#/${route.screen}/${encodeURIComponent(route.hash)}`;
    case 'incident':
    case 'report':
    case 'clock':
      return `#/${route.screen}/${encodeURIComponent(route.id)}`;
    case 'reference':
      return route.section === null ? '#/reference' : `#/reference/${encodeURIComponent(route.section)}`;
  }
}

/** An unknown address is the home screen. */
export function readRoute(hash: string): Route {
  const [screen, rest, speed] = hash.replace(/^#\/?/, '').split('/');
  const id = decode(rest);
  switch (screen) {
    case 'drill':
    case 'quick':
    case 'runbooks':
    case 'readiness':
    case 'settings':
      return { screen };
    case 'declare':
      return { screen, drill: id === null ? null : { scenario: id, speed: speedOf(speed) } };
    case 'runbook':
    case 'findings':
    case 'adoption':
      return id === null ? { screen: 'runbooks' } : { screen, hash: id };
    case 'incident':
    case 'report':
    case 'clock':
      return id === null ? { screen: 'home' } : { screen, id };
    case 'reference':
      return { screen, section: id };
    default:
      return { screen: 'home' };
  }
}

/** Real time when the address has no valid speed. */
function speedOf(text: string | undefined): number {
  const speed = Number(text);
  return speed >= 1 && speed <= 600 ? speed : 1;
}

function decode(part: string | undefined): string | null {
  if (part === undefined || part === '') return null;
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** Where the person is. Kept in the address's fragment, so that a reload comes back to the same place. */
import { create } from 'zustand';

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
  | { readonly screen: 'incident'; readonly id: string }
  | { readonly screen: 'report'; readonly id: string }
  /** Alone in the desktop's small window. */
  | { readonly screen: 'clock'; readonly id: string }
  | { readonly screen: 'reference'; readonly section: string | null };

/** What was chosen for a drill before its row of the matrix is. */
export interface DrillSetting {
  readonly scenario: string;
  /** Drill time for one of the wall's. */
  readonly speed: number;
}

interface Routing {
  readonly route: Route;
  /** True when this page load began here, not by the person's own act: the wizard then says where they were. */
  readonly restored: boolean;
  /** The screens that were left for this one, the newest last. */
  readonly behind: readonly Route[];
}

export const useRoute = create<Routing>(() => ({ route: { screen: 'home' }, restored: false, behind: [] }));

export function listenForRoutes(): void {
  useRoute.setState({ route: readRoute(location.hash), restored: true, behind: [] });
  window.addEventListener('hashchange', () => {
    const route = readRoute(location.hash);
    // Our own steps come here late; what differs was typed, or is the browser's own way back.
    if (writeRoute(route) === writeRoute(useRoute.getState().route)) return;
    useRoute.setState({ route, restored: false, behind: [] });
  });
}

/** At once, not with the event that follows the address: the next key already belongs to the new screen. */
export function go(route: Route): void {
  location.hash = writeRoute(route);
  useRoute.setState((now) => ({ route, restored: false, behind: behindAfter(now, route) }));
}

/** To the screen that was left for this one, home when none was. At once, which the browser's own way back is not. */
export function goBack(): void {
  const { behind } = useRoute.getState();
  const route = behind.at(-1) ?? ({ screen: 'home' } as const);
  history.replaceState(history.state, '', writeRoute(route));
  useRoute.setState({ route, restored: false, behind: behind.slice(0, -1) });
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
      return `#/${route.screen}/${encodeURIComponent(route.hash)}`;
    case 'incident':
    case 'report':
    case 'clock':
      return `#/${route.screen}/${encodeURIComponent(route.id)}`;
    case 'reference':
      return route.section === null ? '#/reference' : `#/reference/${encodeURIComponent(route.section)}`;
  }
}

/** Anything that is not one of our addresses is the home screen. */
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

/** Real time when the address says nothing that a drill can run at. */
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

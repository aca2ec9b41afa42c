/** Where the person is. Kept in the address's fragment, so that a reload comes back to the same place. */
import { create } from 'zustand';

export type Route =
  | { readonly screen: 'home' }
  | { readonly screen: 'drill' }
  | { readonly screen: 'declare' }
  | { readonly screen: 'incident'; readonly id: string }
  | { readonly screen: 'report'; readonly id: string }
  | { readonly screen: 'reference'; readonly section: string | null };

interface Routing {
  readonly route: Route;
  /** True when this page load began here, not by the person's own act: the wizard then says where they were. */
  readonly restored: boolean;
}

export const useRoute = create<Routing>(() => ({ route: { screen: 'home' }, restored: false }));

export function listenForRoutes(): void {
  useRoute.setState({ route: readRoute(location.hash), restored: true });
  window.addEventListener('hashchange', () => {
    useRoute.setState({ route: readRoute(location.hash), restored: false });
  });
}

export function go(route: Route): void {
  location.hash = writeRoute(route);
}

export function writeRoute(route: Route): string {
  switch (route.screen) {
    case 'home':
      return '#/';
    case 'drill':
    case 'declare':
      return `#/${route.screen}`;
    case 'incident':
    case 'report':
      return `#/${route.screen}/${encodeURIComponent(route.id)}`;
    case 'reference':
      return route.section === null ? '#/reference' : `#/reference/${encodeURIComponent(route.section)}`;
  }
}

/** Anything that is not one of our addresses is the home screen. */
export function readRoute(hash: string): Route {
  const [screen, rest] = hash.replace(/^#\/?/, '').split('/');
  const id = decode(rest);
  switch (screen) {
    case 'drill':
    case 'declare':
      return { screen };
    case 'incident':
    case 'report':
      return id === null ? { screen: 'home' } : { screen, id };
    case 'reference':
      return { screen, section: id };
    default:
      return { screen: 'home' };
  }
}

function decode(part: string | undefined): string | null {
  if (part === undefined || part === '') return null;
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

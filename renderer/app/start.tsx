/** Starts the window in an element, on any host: the bridge hides which one. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Bridge } from '#shared/api/bridge.ts';
import { setBridge } from '../stores/core.ts';
import { followConnection } from '../stores/connection.ts';
import { followList } from '../stores/overview.ts';
import { followIncident } from '../stores/incident.ts';
import { followLiveProbes } from '../stores/live-probes.ts';
import { followOutput } from '../stores/output.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/button.css';
import '../ui/fields.css';
import '../ui/command.css';
import '../ui/dialog.css';
import '../ui/layout.css';
import '../ui/marks.css';
import '../ui/prose.css';
import './shell.css';
import { App } from './App.tsx';
import { listenForKeys } from './keys.ts';
import { listenForRoutes } from './route.ts';
import { showLastTheme } from './theme.ts';

export function start(bridge: Bridge, element: HTMLElement | null): void {
  if (element === null) throw new Error('The page has no element with the id "root".');
  setBridge(bridge);
  showLastTheme();
  listenForRoutes();
  listenForKeys();
  followConnection(bridge);
  followList(bridge);
  followIncident(bridge);
  followOutput(bridge);
  followLiveProbes(bridge);
  createRoot(element).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

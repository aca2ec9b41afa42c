import { useEffect } from 'react';
import { ClockScreen } from '../features/clocks/ClockScreen.tsx';
import { AdoptionScreen } from '../features/adoption/AdoptionScreen.tsx';
import { DeclareScreen } from '../features/declare/DeclareScreen.tsx';
import { DrillScreen } from '../features/home/DrillScreen.tsx';
import { HomeScreen } from '../features/home/HomeScreen.tsx';
import { ReviewScreen } from '../features/runbooks/ReviewScreen.tsx';
import { RunbooksScreen } from '../features/runbooks/RunbooksScreen.tsx';
import { ReadinessScreen } from '../features/readiness/ReadinessScreen.tsx';
import { FindingsScreen } from '../features/runbook-check/FindingsScreen.tsx';
import { QuickScreen } from '../features/quick/QuickScreen.tsx';
import { ReferenceScreen } from '../features/reference/ReferenceScreen.tsx';
import { ReportScreen } from '../features/report/ReportScreen.tsx';
import { SettingsScreen } from '../features/settings/SettingsScreen.tsx';
import { IncidentScreen } from '../features/wizard/IncidentScreen.tsx';
import { loadOverview, useOverview } from '../stores/overview.ts';
import { loadSettings } from '../stores/settings.ts';
import { Contacts } from './Contacts.tsx';
import { KeyMap } from './KeyMap.tsx';
import { type Binding, useKeys } from './keys.ts';
import { NoticeBar } from './NoticeBar.tsx';
import { OfflineBar } from './OfflineBar.tsx';
import { dismissNotices } from '../stores/notices.ts';
import { togglePanel, usePanel } from './panel.ts';
import { Palette } from './Palette.tsx';
import { go, goBack, type Route, useRoute } from './route.ts';
import { declare, EmergencyBar, routeInEmergency } from './EmergencyBar.tsx';
import { get } from '../stores/core.ts';

/** Actions for screens that need the store. */
const PLACES: readonly Binding[] = [
  { keys: '', label: 'Home', run: () => go({ screen: 'home' }) },
  { keys: '', label: 'Runbooks', run: () => go({ screen: 'runbooks' }) },
  { keys: '', label: 'Readiness', run: () => go({ screen: 'readiness' }) },
  { keys: ',', label: 'Settings', run: () => go({ screen: 'settings' }) },
];

/** While the store cannot be read there is no home screen with these keys. */
const IN_EMERGENCY: readonly Binding[] = [
  { keys: 'b', label: 'Runbooks', run: () => go({ screen: 'runbooks' }) },
  { keys: 'd', label: 'Declare an incident', run: declare },
];

export function App() {
  const route = useRoute((routing) => routing.route);
  const panel = usePanel((state) => state.open);
  const served = useOverview(({ info }) => info?.host === 'loopback');
  const emergency = useOverview(({ info }) => info?.emergency ?? null);
  const shut = emergency?.readable === false;
  useEffect(() => void loadOverview(), []);
  useEffect(() => void loadSettings(), []);
  useEffect(() => {
    // In braces, because newer browsers return a promise, which React would take for a cleanup function.
    window.scrollTo(0, 0);
  }, [route.screen]);
  useKeys('Everywhere', [
    { keys: 'Ctrl+k', label: 'All actions', inFields: true, run: () => togglePanel('palette') },
    { keys: '?', label: 'Keyboard map', run: () => togglePanel('keys') },
    { keys: 'c', label: 'Contacts', run: () => togglePanel('contacts') },
    { keys: 'Escape', label: 'Back, or close what is open', inFields: true, run: back },
    ...(shut ? IN_EMERGENCY : PLACES),
    { keys: '', label: 'Reference', run: () => go({ screen: 'reference', section: null }) },
    ...(served ? [{ keys: '', label: 'Open a second window', run: () => void openSecondWindow() }] : []),
  ]);
  return (
    <div className="shell">
      <div className="shell__main">
        <OfflineBar />
        {emergency === null ? null : <EmergencyBar emergency={emergency} route={route} />}
        <NoticeBar />
        <Screen route={shut ? routeInEmergency(route) : route} />
      </div>
      {panel === 'contacts' && route.screen !== 'incident' ? <Contacts /> : null}
      {panel === 'keys' ? <KeyMap /> : null}
      {panel === 'palette' ? <Palette /> : null}
    </div>
  );
}

function Screen({ route }: { readonly route: Route }) {
  switch (route.screen) {
    case 'home':
      return <HomeScreen />;
    case 'drill':
      return <DrillScreen />;
    case 'quick':
      return <QuickScreen />;
    case 'declare':
      return <DeclareScreen drill={route.drill} />;
    case 'runbooks':
      return <RunbooksScreen />;
    case 'readiness':
      return <ReadinessScreen />;
    case 'settings':
      return <SettingsScreen />;
    case 'runbook':
      return <ReviewScreen key={route.hash} hash={route.hash} />;
    case 'findings':
      return <FindingsScreen key={route.hash} hash={route.hash} />;
    case 'adoption':
      return <AdoptionScreen key={route.hash} hash={route.hash} />;
    case 'incident':
      return <IncidentScreen key={route.id} id={route.id} />;
    case 'report':
      return <ReportScreen key={route.id} id={route.id} />;
    case 'clock':
      return <ClockScreen key={route.id} id={route.id} />;
    case 'reference':
      return <ReferenceScreen section={route.section} />;
  }
}

/** Esc leaves a field, then closes a panel, then goes one screen up. It never changes anything. */
function back(): void {
  const { route } = useRoute.getState();
  const focused = document.activeElement;
  if (usePanel.getState().open !== null) togglePanel(null);
  else if (focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement) focused.blur();
  else if (route.screen === 'report') go({ screen: 'incident', id: route.id });
  else if (['reference', 'findings', 'adoption'].includes(route.screen)) goBack();
  else if (route.screen === 'runbook') go({ screen: 'runbooks' });
  else if (route.screen === 'declare') go({ screen: route.drill === null ? 'home' : 'drill' });
  else if (['drill', 'quick', 'runbooks', 'readiness', 'settings'].includes(route.screen)) go({ screen: 'home' });
  else dismissNotices();
}

/** Opens a second window on the same Rollbook, at the same screen, with its own one-time link. */
async function openSecondWindow(): Promise<void> {
  const link = await get('app.new-link', {});
  if (link === null) return;
  const url = `${link.url}&${location.hash.slice(1)}`;
  // Without `noopener` the new window would share this one's session storage and could script it.
  window.open(url, '_blank', 'noopener');
}

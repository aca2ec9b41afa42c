import { useState } from 'react';
import type { RunbookSettingsView } from '#shared/settings/settings.ts';
import { go } from '../../app/route.ts';
import { defaultRunbook, useOverview } from '../../stores/overview.ts';
import { useFreshSettings } from '../../stores/settings.ts';
import { useKeys } from '../../app/keys.ts';
import { Button } from '../../ui/Button.tsx';
import { RunbookTabs } from '../../ui/RunbookTabs.tsx';
import { ApprovedPrograms } from './ApprovedPrograms.tsx';
import { Approvers } from './Approvers.tsx';
import { MachineSettings } from './MachineSettings.tsx';
import { SavedText } from './SavedText.tsx';
import { SecretRow } from './SecretRow.tsx';
import { Switch } from './Switch.tsx';
import './settings.css';

/** The settings of this machine, for each runbook and for Rollbook itself. */
export function SettingsScreen() {
  const view = useFreshSettings();
  const usual = useOverview(({ runbooks }) => defaultRunbook(runbooks ?? [])?.hash ?? null);
  const [chosen, setChosen] = useState<string | null>(null);
  const hash = chosen ?? usual;
  // Waits for the list, so that the form of one runbook is not replaced while a person types in it.
  const runbook = hash === null ? undefined : (view?.runbooks.find((each) => each.hash === hash) ?? view?.runbooks[0]);
  useKeys('Settings', [{ keys: 'a', label: 'Readiness', run: () => go({ screen: 'readiness' }) }]);
  return (
    <main className="screen stack settings">
      <header className="screen__head">
        <h1>Settings</h1>
        <p className="soft">Set once on this machine. Readiness tries all of it.</p>
        <div className="row">
          <Button shortcut="A" onClick={() => go({ screen: 'readiness' })}>
            Readiness
          </Button>
          <Button shortcut="Esc" onClick={() => go({ screen: 'home' })}>
            Home
          </Button>
        </div>
      </header>
      {view === null || runbook === undefined ? (
        <p role="status">The settings are being read.</p>
      ) : (
        <>
          <MachineSettings view={view} />
          <RunbookTabs runbooks={view.runbooks} chosen={runbook.hash} onChoose={setChosen} />
          <OfRunbook key={runbook.name} runbook={runbook} />
          <ApprovedPrograms programs={view.programs} />
        </>
      )}
    </main>
  );
}

function OfRunbook({ runbook }: { readonly runbook: RunbookSettingsView }) {
  const slack = runbook.secrets.filter(({ name }) => name.startsWith('slack:'));
  const secrets = runbook.secrets.filter(({ name }) => !name.startsWith('slack:'));
  return (
    <>
      {runbook.checkoutTools.length === 0 ? null : <Checkout runbook={runbook} />}
      <section className="settings__part" aria-labelledby="settings-secrets">
        <h2 id="settings-secrets">Secrets of {runbook.title}</h2>
        <p className="soft small">Rollbook keeps only where a secret is. Its value is fetched for each command.</p>
        {secrets.length === 0 ? (
          <p className="soft">This runbook names none.</p>
        ) : (
          <ul className="boxed-list" aria-label="Secrets">
            {secrets.map((secret) => (
              <SecretRow key={secret.name} runbook={runbook} secret={secret} />
            ))}
          </ul>
        )}
        {runbook.hasDatabase ? (
          <Switch
            label="Readiness may connect to the database"
            hint="Read-only, with the role of the address; the server sees it."
            on={runbook.settings.connectDatabase}
            change={(on) => ({ what: 'connect-database', runbook: runbook.name, on })}
          />
        ) : null}
      </section>
      <section className="settings__part" aria-labelledby="settings-slack">
        <h2 id="settings-slack">Slack</h2>
        <p className="soft small">Incoming webhooks. Drills post only to a channel of their own.</p>
        <ul className="boxed-list" aria-label="Slack">
          {slack.map((secret) => (
            <SecretRow key={secret.name} runbook={runbook} secret={secret} />
          ))}
        </ul>
      </section>
      <Approvers runbook={runbook} />
    </>
  );
}

/** The folder with the code of the services on this machine. */
function Checkout({ runbook }: { readonly runbook: RunbookSettingsView }) {
  const { name, settings, checkoutTools } = runbook;
  return (
    <section className="settings__part" aria-labelledby="settings-checkout">
      <h2 id="settings-checkout">Checkout</h2>
      <SavedText
        label="Absolute path of the checkout"
        hint={`${checkoutTools.join(', ')} run there; everything else in an empty folder.`}
        placeholder="/home/ann/src/shop"
        value={settings.checkout ?? ''}
        change={(path) => ({ what: 'checkout', runbook: name, path: path === '' ? null : path })}
      />
    </section>
  );
}

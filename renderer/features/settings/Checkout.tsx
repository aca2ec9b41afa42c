import type { RunbookSettingsView } from '#shared/settings/settings.ts';
import { SavedText } from './SavedText.tsx';

/** The folder with the code of the services on this machine. */
export function Checkout({ runbook }: { readonly runbook: RunbookSettingsView }) {
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

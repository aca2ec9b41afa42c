import { useEffect, useState } from 'react';
import { providersOf } from '#shared/platforms/providers-of.ts';
import type { ProviderId, ProviderStatus } from '#shared/platforms/status-page.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { ask } from '../../stores/core.ts';
import { Mark } from '../../ui/marks.tsx';

interface ProvidersNoteProps {
  readonly runbook: Runbook;
}

/** The status pages of the providers that the runbook uses, read in the background; nothing without any. */
export function ProvidersNote({ runbook }: ProvidersNoteProps) {
  const used = providersOf(runbook);
  return used.length === 0 ? null : <Asked used={used} />;
}

function Asked({ used }: { readonly used: readonly ProviderId[] }) {
  const [asked, setAsked] = useState<readonly ProviderStatus[] | null | 'failed'>(null);
  useEffect(() => {
    const look = async (): Promise<void> => {
      const answer = await ask('providers.read', {});
      setAsked(answer.ok ? answer.value : 'failed');
    };
    void look();
  }, []);
  return (
    <section className="providers small" aria-label="Providers">
      <span className="soft">Is it the provider?</span>
      {asked === null ? (
        <span role="status">Their status pages are being asked.</span>
      ) : asked === 'failed' ? (
        <span role="status">Their status pages could not be asked.</span>
      ) : (
        <div role="status">
          <ul className="providers__list">
            {asked
              .filter(({ id }) => used.includes(id))
              .map((each) => (
                <li key={each.id}>
                  <Standing status={each} />
                </li>
              ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Standing({ status: { title, standing, page } }: { readonly status: ProviderStatus }) {
  const name = <span className="strong">{title}</span>;
  switch (standing.kind) {
    case 'operational':
      return (
        <>
          {name} <Mark shape="dot" tone="plain" word="operational" />
        </>
      );
    case 'incident':
      return (
        <>
          {name} <Mark shape="triangle" tone="caution" word={standing.names.join('; ')} />{' '}
          <span className="soft">{page.replace('https://', '')}</span>
        </>
      );
    case 'unasked':
      return (
        <>
          {name} <Mark shape="dot" tone="plain" word="could not be asked" />{' '}
          <span className="soft">{standing.why}</span>
        </>
      );
  }
}

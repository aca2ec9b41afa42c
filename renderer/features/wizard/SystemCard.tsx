import { serviceState, servicesOf } from '#shared/incident/system.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { ChangesBetween } from './ChangesBetween.tsx';

/** Each service with its own way back and what became of it. */
export function SystemCard({ step }: { readonly step: Step }) {
  const { state, runbook } = useIncident();
  return (
    <section className="undo" aria-label="Services of this step">
      <dl className="undo__facts">
        {servicesOf(step, runbook).map((service) => {
          const { choice, leftOut, ended } = serviceState(state, service);
          const from = choice?.from.version == null ? 'the running image' : `v${choice.from.version}`;
          return (
            <div key={service}>
              <dt>{service}</dt>
              <dd>
                {choice === null ? `stays as it is: ${leftOut ?? 'nothing chosen'}` : `${from} → v${choice.version}`}
                {ended === null ? null : <strong> · {ended.outcome}</strong>}
                {choice === null || ended?.outcome === 'verified' ? null : (
                  <details>
                    <summary className="small">What is taken back</summary>
                    <ChangesBetween service={service} />
                  </details>
                )}
                {ended === null || ended.outcome === 'verified' ? null : <p className="soft small">{ended.reason}</p>}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

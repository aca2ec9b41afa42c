import { releaseName } from '#shared/platforms/release-name.ts';
import type { ServiceState } from '#shared/incident/state.ts';
import { undoText } from '#shared/incident/variables.ts';
import { servicesOf, serviceState } from '#shared/incident/services.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Mark, OutcomeMark } from '../../ui/marks.tsx';
import { ChangesBetween, MigrationBetween } from '../releases/ChangesBetween.tsx';
import { Undo } from './UndoCard.tsx';
import './undo-card.css';
import './system-card.css';

/** Each service with its chosen release and its outcome. */
export function SystemCard({ step }: { readonly step: Step }) {
  const { state, runbook } = useIncident();
  return (
    <section className="undo" aria-label="Services of this step">
      <ol className="services">
        {servicesOf(step, runbook).map((service) => (
          <li key={service}>
            <span className="mono strong">{service}</span>
            <ServiceWay {...serviceState(state, service)} />
            <ServiceEnd step={step} service={service} {...serviceState(state, service)} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function ServiceWay({ choice, leftOut }: ServiceState) {
  if (choice === null) return <span>stays as it is: {leftOut ?? 'nothing chosen'}</span>;
  return (
    <span className="tabular">
      {choice.from.label ??
        (choice.from.version === null ? 'the running image' : releaseName({ version: choice.from.version }))}{' '}
      <span aria-hidden="true">&rarr;</span>
      <span className="sr-only">to</span> v{choice.version}
    </span>
  );
}

interface ServiceEndProps extends ServiceState {
  readonly step: Step;
  readonly service: string;
}

function ServiceEnd({ step, service, choice, ended }: ServiceEndProps) {
  const { state, runbook } = useIncident();
  return (
    <>
      {ended !== null ? (
        <OutcomeMark outcome={ended.outcome} />
      ) : (
        <Mark shape="dot" tone="plain" word={choice === null ? 'left out' : 'to do'} />
      )}
      {ended === null || ended.outcome === 'verified' ? null : (
        <p className="services__more soft small">{ended.reason}</p>
      )}
      {choice === null || ended?.outcome === 'verified' ? null : (
        <details className="services__more">
          <summary className="small">What is taken back</summary>
          <MigrationBetween service={service} />
          <ChangesBetween service={service} />
          <Undo text={undoText(step, state, runbook, choice, service)} />
        </details>
      )}
    </>
  );
}

import { rollsOut } from '#shared/platforms/fly/deploy-progress.ts';
import { type RunState, activeRun } from '#shared/incident/state.ts';
import { sessionText } from '#shared/platforms/postgres/queries.ts';
import { servicesOf } from '#shared/incident/services.ts';
import type { Step } from '#shared/runbook/model.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { programOf } from '#shared/platforms/registry.ts';
import { proofsOf } from '#shared/steps/proofs.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { InlineCode } from '../../ui/marks.tsx';
import { duration } from '../../ui/time.ts';
import { Ago } from '../clocks/Clocks.tsx';
import { Fleet } from './Fleet.tsx';

/** The image of each machine during and after a deploy. The core reads the machines every ten seconds. */
export function RolloutView({ step }: { readonly step: Step }) {
  const { state, runbook } = useIncident();
  const services =
    definitionOf(step).deploys === 'several-services' ? servicesOf(step, runbook) : [state.declared.service];
  const seen = services.flatMap((service) => state.after.rollouts[service] ?? []);
  return (
    <>
      <SlowChange step={step} />
      <SessionOfSql />
      <LookBeside />
      {seen.map(({ service, machines, at }) => (
        <Fleet key={service} service={service} machines={machines} at={at} />
      ))}
    </>
  );
}

/** Says that a change takes longer than usual. No clock stops it. */
function SlowChange({ step }: { readonly step: Step }) {
  const { state } = useIncident();
  const now = useIncidentNow();
  const run = activeRun(state, 'change');
  if (run?.usualMs == null) return null;
  const over = now - run.intendedAt - run.usualMs;
  if (over <= 0) return null;
  return (
    <p className="notice notice--caution" role="status" aria-label="Slow">
      <span>
        <strong>Slower than usual</strong> by <span aria-live="off">{duration(over)}</span> (usual{' '}
        {duration(run.usualMs)}). It is not stopped by any clock. {besideIt(run, step)} Stopping it is yours to decide.
      </span>
    </p>
  );
}

const BESIDE: Readonly<Record<string, string>> = {
  fly: 'The machines are read every 10 seconds.',
  flyctl: 'The machines are read every 10 seconds.',
  psql: 'Its session on the server is read every 2 seconds.',
};

/** What Rollbook reads while the command runs, which depends on its tool. */
const besideIt = ({ binary, template }: RunState, step: Step): string =>
  (rollsOut(template) ? BESIDE[programOf(binary)] : undefined) ??
  (proofsOf(step).length > 0
    ? 'Its post-condition is asked every 5 seconds.'
    : 'Nothing is known that could be read beside it.');

/** The post-condition at the last reading, while the change still runs. */
function LookBeside() {
  const { state } = useIncident();
  const { look } = state.after;
  const run = activeRun(state, 'change');
  if (look === null || run === null || look.runId !== run.runId) return null;
  return (
    <p className="notice" role="status" aria-label="Post-condition now">
      <span>
        <strong>{look.met ? 'Its post-condition is met already.' : 'Its post-condition is not met yet.'}</strong>{' '}
        <InlineCode
          text={look.looks
            .filter((each) => look.met || !each.met)
            .map(({ detail }) => detail)
            .join(' ')}
        />{' '}
        <span className="soft tabular" aria-live="off">
          First seen so <Ago at={look.at} />.
        </span>
      </span>
    </p>
  );
}

/** What the server reports about the running SQL, and which session's lock it waits for. */
function SessionOfSql() {
  const { state } = useIncident();
  const { session } = state.database;
  const run = activeRun(state, 'change');
  if (session === null || run === null || session.runId !== run.runId) return null;
  return (
    <p
      className={session.blockers.length > 0 ? 'notice notice--caution' : 'small soft'}
      role="status"
      aria-label="On the server"
    >
      <span>
        <strong>On the server</strong>: {sessionText(session)}.
      </span>
    </p>
  );
}

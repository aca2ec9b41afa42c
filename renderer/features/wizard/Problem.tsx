import { useIncident } from '../../stores/use-incident.ts';

/** Why the last thing that was asked for could not be done. */
export function Problem() {
  const { problem } = useIncident().state;
  if (problem === null) return null;
  return (
    <div className="notice notice--bad" role="alert">
      <p className="strong">{problem.message}</p>
      <p>{problem.advice}</p>
    </div>
  );
}

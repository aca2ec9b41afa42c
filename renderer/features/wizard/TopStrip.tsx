import { runOf } from './runs.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { KindTag } from '../../ui/KindTag.tsx';
import { SeverityMark } from '../../ui/marks.tsx';
import { StatusNow } from './StatusNow.tsx';
import { MitigationClock, StabilityClock } from './Clocks.tsx';

/** What this is about, in the same place all night: kind, target, clocks. */
export function TopStrip() {
  const { state } = useIncident();
  const { declared } = state;
  const binary = runOf(state, 'fly')?.binary ?? '';
  return (
    <header className="strip">
      <div className="strip__what">
        <h1>
          <KindTag kind={declared.kind} /> <span>{declared.title}</span>
        </h1>
        <dl className="target" aria-label="Target">
          <div>
            <dt>Service</dt>
            <dd className="mono strong">{declared.service}</dd>
          </div>
          <div>
            <dt>Severity</dt>
            <dd>
              <SeverityMark severity={state.severity} />
            </dd>
          </div>
          <div>
            <dt>Tools</dt>
            <dd>
              {declared.adapter === 'simulated' ? (
                'simulated'
              ) : (
                <span className="mono">{binary === '' ? 'real' : binary}</span>
              )}
            </dd>
          </div>
          <div>
            <dt>Status now</dt>
            <dd>
              <StatusNow />
            </dd>
          </div>
          {declared.drill === null ? null : (
            <div>
              <dt>Speed</dt>
              <dd>{declared.drill.speed} times</dd>
            </div>
          )}
        </dl>
      </div>
      <StabilityClock />
      <MitigationClock />
    </header>
  );
}

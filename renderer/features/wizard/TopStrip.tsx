import { runOf } from '../output/runs.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { KindTag, Mark } from '../../ui/marks.tsx';
import { SeverityControl } from '../severity/SeverityControl.tsx';
import { StatusNow } from '../messages/StatusNow.tsx';
import { MitigationClock, StabilityClock } from '../clocks/Clocks.tsx';
import { useLiveTools } from '../tools/MissingTools.tsx';
import './top-strip.css';

/** The strip above the wizard: kind, title, target and clocks, always in the same place. */
export function TopStrip() {
  const { state } = useIncident();
  const { declared } = state;
  return (
    <header className="strip">
      <div className="strip__what">
        <h1>
          <KindTag kind={declared.kind} /> <span>{declared.title}</span>
        </h1>
        <dl className="target" aria-label="Target">
          {declared.service === '' ? null : (
            <div>
              <dt>Service</dt>
              <dd className="mono strong">{declared.service}</dd>
            </div>
          )}
          <div>
            <dt>Severity</dt>
            <dd>
              <SeverityControl />
            </dd>
          </div>
          <div>
            <dt>Tools</dt>
            <dd>{declared.adapter === 'simulated' ? 'simulated' : <FirstTool />}</dd>
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
              <dd>{declared.drill.speed === 1 ? 'real time' : `${declared.drill.speed} times`}</dd>
            </div>
          )}
        </dl>
      </div>
      <StabilityClock />
      <MitigationClock />
    </header>
  );
}

/** The path of the first tool in a live incident: the binary that ran last, else the one that would run now. */
function FirstTool() {
  const { state } = useIncident();
  const { found } = useLiveTools();
  const first = found?.[0];
  if (first === undefined) return found === null ? 'looking for the tools' : 'real';
  const path = runOf(state, first.tool)?.binary ?? first.path;
  if (path !== null) return <span className="mono">{path}</span>;
  return <Mark shape="cross" tone="bad" word={`${first.tool} not found`} />;
}

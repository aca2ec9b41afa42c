import { mitigationClock, stabilityClock } from '#shared/incident/clocks.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { Mark, StandingMark } from '../../ui/marks.tsx';
import { duration, remaining, ago } from '../../ui/time.ts';
import './clocks.css';

/** From detected to rollback effective. The target is shown, never enforced. */
export function MitigationClock() {
  const { state } = useIncident();
  const clock = mitigationClock(state, useIncidentNow());
  const ended = clock.endedAt !== null || state.resolvedAt !== null;
  // Where the time left stood, once there is none to show.
  const targetEnded = clock.targetMs !== null && (ended || clock.met !== null);
  const contained = clock.contained === null ? '' : `contained ${duration(clock.contained.elapsedMs)}`;
  return (
    <section className={`clock clock--main clock--${clock.standing}`} aria-label="Mitigation clock">
      <div className="clock__label">
        <span>
          {clock.endedAt !== null ? 'Rollback effective' : ended ? 'Mitigation ended' : 'Mitigation'}
          {contained === '' || targetEnded ? '' : `, ${contained}`}
        </span>
        {clock.met === null ? <StandingMark standing={clock.standing} /> : <Met met={clock.met} />}
      </div>
      <div className="clock__row">
        <span className="clock__face" role="timer" aria-label="Elapsed since detected">
          {duration(clock.elapsedMs)}
        </span>
        <span className="clock__left">
          {clock.remainingMs === null ? clock.targetText : targetEnded ? contained : remaining(clock.remainingMs)}
          {clock.targetMs === null ? null : <span className="clock__target">target {duration(clock.targetMs)}</span>}
        </span>
      </div>
      {clock.targetMs === null ? null : <Track share={clock.targetElapsedMs / clock.targetMs} />}
    </section>
  );
}

const Met = ({ met }: { readonly met: boolean }) => (
  <Mark
    {...(met
      ? { shape: 'solid-tick', tone: 'proven', word: 'target met' }
      : { shape: 'diamond', tone: 'bad', word: 'target missed' })}
  />
);

/** The used share of the target, with ticks at the two announced thresholds. */
function Track({ share }: { readonly share: number }) {
  return (
    <div className="track" aria-hidden="true">
      <div className="track__fill" style={{ inlineSize: `${Math.min(100, share * 100)}%` }} />
      <span className="track__tick" style={{ insetInlineStart: '50%' }} />
      <span className="track__tick" style={{ insetInlineStart: '80%' }} />
    </div>
  );
}

/** The watch after the rollback. */
export function StabilityClock() {
  const { state } = useIncident();
  const clock = stabilityClock(state, useIncidentNow());
  return (
    <section className="clock clock--second" aria-label="Stability clock">
      <div className="clock__label">
        <span>Stability</span>
        {clock.completed ? <Mark shape="solid-tick" tone="proven" word="watched" /> : null}
      </div>
      <div className="clock__row">
        <span className="clock__face clock__face--small" role="timer" aria-label="Elapsed since the watch began">
          {clock.startedAt === null ? '-:--' : duration(clock.elapsedMs)}
        </span>
        <span className="clock__left">
          {clock.startedAt === null
            ? 'not started'
            : clock.endedAt === null
              ? remaining(clock.remainingMs ?? 0)
              : 'ended'}
          {clock.plannedMs === null ? null : <span className="clock__target">of {duration(clock.plannedMs)}</span>}
        </span>
      </div>
    </section>
  );
}

/** "12 s ago" in incident time. A component of its own, so that only it renders as time passes. */
export const Ago = ({ at }: { readonly at: number }) => ago(useIncidentNow() - at);

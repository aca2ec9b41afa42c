import { durationText } from '#shared/words/duration.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { dateTime } from '../../ui/time.ts';
import '../steps/undo-card.css';

/** To read before a restore: the moment, what is lost, and who agreed. */
export function RestoreCard() {
  const { restoreTo } = useIncident().state.branches;
  if (restoreTo === null) return null;
  const { project, to, lossMs, approval, reason } = restoreTo;
  return (
    <section className="undo" aria-label="Before you run it">
      <p className="undo__versions">
        <span>now</span>
        <span aria-hidden="true">&rarr;</span>
        <span className="undo__to">{dateTime(to)}</span>
        <span className="undo__service">on {project}</span>
      </p>
      <dl className="undo__facts">
        <dt>Lost</dt>
        <dd>
          <strong>Everything written in the {durationText(lossMs)} before the choice, and since.</strong> There is no
          way back.
        </dd>
        <dt>Meanwhile</dt>
        <dd>The project is down until it is restored.</dd>
        <dt>Agreed</dt>
        <dd>
          {approval === null
            ? `Without approval: ${reason}`
            : `${approval.who} (${approval.role}, ${approval.how}): “${approval.words}”`}
        </dd>
        <dt>Proven</dt>
        <dd>When the project is up again and a query answers.</dd>
      </dl>
    </section>
  );
}

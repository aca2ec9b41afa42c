import { releaseName } from '#shared/platforms/release-name.ts';
import type { ImageFact } from '#shared/incident/topics/event-parts.ts';
import { stepState } from '#shared/incident/state.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { MetMark } from '../../ui/marks.tsx';
import { timeOfDay } from '../../ui/time.ts';
import './post-condition.css';

/** The result of the post-condition, rule by rule, with what was seen. */
export function PostCondition({ step }: { readonly step: Step }) {
  const { proof } = stepState(useIncident().state, step.id);
  if (proof === null) return null;
  return (
    <section className={`notice ${proof.met ? 'notice--proven' : 'notice--bad'}`} aria-label="Post-condition">
      <h3>
        Post-condition {proof.met ? 'met' : 'not met'}{' '}
        <span className="soft small tabular">at {timeOfDay(proof.at)}</span>
      </h3>
      <ul className="findings">
        {proof.findings.map((finding) => (
          <li key={finding.rule}>
            <MetMark met={finding.met} />
            <span>{finding.detail}</span>
          </li>
        ))}
      </ul>
      {proof.before.length + proof.after.length === 0 ? null : (
        <p className="small soft">
          Before: {versions(proof.before)}. After: {versions(proof.after)}.
        </p>
      )}
    </section>
  );
}

const versions = (images: readonly ImageFact[]): string =>
  images.length === 0
    ? 'not read'
    : images
        .map((image) => image.label ?? (image.version === null ? image.image : releaseName({ version: image.version })))
        .join(', ');

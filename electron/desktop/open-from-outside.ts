/** Does what was asked from outside: reads the runbook and leads to its review, or leads to the incident. */
import { type Failure, toFailure } from '#shared/api/result.ts';
import { incidentPlace, reviewPlace } from './places.ts';
import type { OutsideRequest } from './requests.ts';

export interface OpenParts {
  /** Reads a Markdown file in; it runs only after a person has reviewed it. */
  readonly importFile: (path: string) => Promise<{ readonly hash: string }>;
  readonly hasIncident: (incidentId: string) => boolean;
  readonly show: (place: string) => Promise<void>;
  readonly tell: (failure: Failure) => void;
}

/** Never rejects: failures are shown. */
export async function openFromOutside(request: OutsideRequest, parts: OpenParts): Promise<void> {
  try {
    if (request.kind === 'runbook') {
      const { hash } = await parts.importFile(request.path);
      await parts.show(reviewPlace(hash));
    } else if (parts.hasIncident(request.incidentId)) {
      await parts.show(incidentPlace(request.incidentId));
    } else {
      const advice = 'The link is perhaps of another machine: incidents are kept where they were declared.';
      parts.tell({ code: 'not-found', message: `There is no incident ${request.incidentId} here.`, advice });
    }
  } catch (thrown) {
    parts.tell(toFailure(thrown));
  }
}

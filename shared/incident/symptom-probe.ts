/** The one address that is asked all through an incident, so that the symptom is seen to come and go. */
import type { Runbook } from '../runbook/model.ts';
import { serviceOf } from '../runbook/services.ts';
import type { Sample } from './topics/watch-events.ts';
import type { IncidentState } from './state.ts';

const MAX_LENGTH = 2_000;
const HTTPS = /^https:\/\/([^\s/?#]+)(?:[/?#]\S*)?$/i;

/** The health addresses the runbook declares, each once. */
export const probeAddresses = ({ settings }: Runbook): readonly string[] => [
  ...new Set(settings.services.map(({ health }) => health).filter((url) => url !== '')),
];

/** Without a choice: the health address of the service; '' when none is declared. */
export const usualProbe = (runbook: Runbook, service: string): string => serviceOf(runbook, service)?.health ?? '';

/** Why this address cannot be asked, for the person who typed it; null when it can. A declared one always can. */
export function probeProblem(runbook: Runbook, service: string, url: string): string | null {
  if (url === '' || url === usualProbe(runbook, service) || probeAddresses(runbook).includes(url)) return null;
  const authority = url.length <= MAX_LENGTH ? HTTPS.exec(url)?.[1] : undefined;
  if (authority === undefined) return 'The symptom probe is no https address.';
  if (authority.includes('@')) return 'The symptom probe must not carry a user or a password.';
  return null;
}

/** What is asked; null when nothing was chosen, as in incidents of before there was a probe. */
export function probedAddress({ declared }: IncidentState): string | null {
  return declared.symptomProbe?.kind === 'address' ? declared.symptomProbe.url : null;
}

export interface BeforeAndAfter {
  readonly before: Sample;
  readonly after: Sample;
}

/** The first and the last reading; null while there is none. */
export function beforeAndAfter({ after }: IncidentState): BeforeAndAfter | null {
  const before = after.symptom.first();
  const last = after.symptom.last();
  return before === undefined || last === undefined ? null : { before, after: last };
}

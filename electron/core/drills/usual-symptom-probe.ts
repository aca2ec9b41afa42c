import type { PayloadOf } from '#shared/incident/event.ts';
import { usualProbe } from '#shared/incident/symptom-probe.ts';
import type { Runbook } from '#shared/runbook/model.ts';

/** The symptom probe of a drill: the health address of its service, if the runbook declares one. */
export function usualSymptomProbe(
  model: Runbook,
  service: string,
): Pick<PayloadOf<'incident.declared'>, 'symptomProbe'> {
  const url = usualProbe(model, service);
  return url === '' ? {} : { symptomProbe: { kind: 'address', url } };
}

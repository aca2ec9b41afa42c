/** Going on with an incident of a store that may take nothing now: reads then run, and what people do is kept. */
import type { OpenIncident } from './open-incident.ts';
import { takesNothing } from './storage-health.ts';

/** As `steer`; that the store takes nothing is told, and is no error. Codes: those of `steer`. */
export async function steerOrTell(incident: OpenIncident): Promise<void> {
  const { storageHealth } = incident.context;
  const before = incident.steering;
  try {
    await incident.steer();
    // Who steered already knows better what is taken.
    if (!before) storageHealth.over();
  } catch (thrown) {
    if (!takesNothing(thrown)) throw thrown;
    storageHealth.tell(thrown);
  }
}

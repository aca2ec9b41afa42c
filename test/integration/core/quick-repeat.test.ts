/** A quick rollback that is sent twice with one intent id, as by a window that got no answer. */
import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { startQuick } from '#core/incidents/quick-rollback.ts';
import { dataFolder, virtualCore } from '../../fixtures/data-folder.ts';
import { passingTime } from '../../fixtures/test-ports.ts';

const wish = (intentId: string, scenario = 'app-rollback', version = 9) => ({
  intentId,
  runbook: '',
  service: 'hotdash-agent-service',
  version,
  drill: { scenario, speed: 600 },
});

describe('quick.start with an intent that was carried out', () => {
  it('answers from the first: one incident, one deploy, and nothing is looked at again', async () => {
    const folder = dataFolder();
    const core = await virtualCore(folder);
    const intentId = ulid();
    const [first, beside] = await passingTime(
      Promise.all([startQuick(core.services, wish(intentId)), startQuick(core.services, wish(intentId))]),
    );
    expect(beside).toEqual(first);
    const incident = await core.services.incidents.open(first.incidentId);
    await passingTime(incident.settled());
    // A new check would refuse this: v77 is not in the list.
    expect(await startQuick(core.services, wish(intentId, 'app-rollback', 77))).toEqual(first);
    expect(core.services.incidents.list()).toHaveLength(1);
    const deploys = incident.context.eventLog.events.filter(
      (event) => event.kind === 'run.intended' && event.payload?.effect === 'change',
    );
    expect(deploys).toHaveLength(1);
    await core.close();
    const later = await virtualCore(folder);
    expect(await startQuick(later.services, wish(intentId, 'network-down', 77))).toEqual({
      incidentId: first.incidentId,
      problem: null,
    });
  });

  it('keeps what hindered the first, and lets a refused one be tried again', async () => {
    const core = await virtualCore();
    const hindered = ulid();
    const first = await passingTime(startQuick(core.services, wish(hindered, 'login-expired')));
    expect(first.problem).toMatchObject({ code: 'login-expired' });
    expect(await passingTime(startQuick(core.services, wish(hindered, 'login-expired')))).toEqual(first);
    const refused = ulid();
    await expect(passingTime(startQuick(core.services, wish(refused, 'app-rollback', 77)))).rejects.toMatchObject({
      code: 'no-release',
    });
    expect((await passingTime(startQuick(core.services, wish(refused)))).problem).toBeNull();
  });
});

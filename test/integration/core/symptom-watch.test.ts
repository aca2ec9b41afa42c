/** The symptom probe against a real server, in virtual time. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { httpProbe } from '#core/runner/http-probe.ts';
import { systemClock } from '#core/system-ports.ts';
import { probeSymptom } from '#core/incidents/symptom-watch.ts';
import { beforeAndAfter } from '#shared/incident/symptom-probe.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { liveRunbook } from '../../fixtures/live-runbook.ts';
import { steppingClock } from '../../tools/virtual-time.ts';
import { declareBy } from '../../fixtures/trusted-incident.ts';

async function serverThat(answers: (request: number) => number) {
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    response.writeHead(answers(requests)).end('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`, requests: () => requests };
}

async function declareWith(health: string, probe: string) {
  const folder = dataFolder();
  const core = await testCore(folder);
  const about = { service: 'hotdash-agent-service', probe };
  return await core.services.incidents.open(await declareBy(core, folder, liveRunbook(health), about));
}

it('is asked from the declaration until the resolve; every answer is kept, in few events', async () => {
  const server = await serverThat((request) => (request <= 5 ? 503 : 200));
  const incident = await declareWith(server.url, server.url);
  const { eventLog } = incident.context;
  // The app has sent one probe. The loop continues from there, as after a resume.
  await new Promise<void>((resolve) => {
    const look = (): void => void (!eventLog.state.after.symptom.isEmpty() && (unfollow(), resolve()));
    const unfollow = eventLog.follow(look);
    look();
  });
  await incident.close();
  const asked = server.requests();
  const clock = steppingClock(eventLog.state.declaredAt);
  const real = httpProbe(systemClock());
  const http = {
    get: async (url: string, limit: number) => {
      expect(limit).toBe(5_000);
      if (server.requests() === 100)
        await eventLog.append('ann', [{ kind: 'incident.resolved', payload: { summary: 'over' } }]);
      return await real.get(url, limit);
    },
  };
  const letGo = new AbortController().signal;
  const left = new AbortController().signal;
  await incident.context.store.leases.take(incident.context.incidentId);
  await probeSymptom({ ...incident.context, letGo, adapter: { ...incident.context.adapter, clock, http } }, left);

  const { state, events } = eventLog;
  expect(asked).toBe(1);
  const seen = state.after.symptom.toArray();
  expect(seen).toHaveLength(100);
  expect(beforeAndAfter(state)).toMatchObject({
    before: { ok: false, detail: expect.stringContaining('HTTP 503') },
    after: { ok: true, detail: expect.stringContaining('HTTP 200') },
  });
  const gaps = seen.slice(2).map(({ at }, index) => at - (seen[index + 1]?.at ?? 0));
  expect(new Set(gaps)).toEqual(new Set([15_000]));
  // The first reading of each process, the recovery, one in five minutes, and the rest at the end.
  expect(events.filter(({ kind }) => kind === 'probe.sampled').length).toBeLessThanOrEqual(9);
});

it('refuses an address that is neither declared nor https', async () => {
  await expect(declareWith('http://127.0.0.1:9/health', 'http://127.0.0.1:9/other')).rejects.toMatchObject({
    code: 'bad-arguments',
  });
});

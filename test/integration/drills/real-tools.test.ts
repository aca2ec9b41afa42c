/** A drill with real tools: real processes on PATH, and only for an app that ends in -test. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { autopilot } from '#core/drills/autopilot.ts';
import { incidentOutcome } from '#shared/incident/incident-outcome.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { dataFolder, acceleratedCore } from '../../fixtures/data-folder.ts';
import { liveRunbook } from '../../fixtures/live-runbook.ts';
import { simulatedTools } from '../../fixtures/simulated-tools.ts';

const APP = 'hotdash-agent-service-test';

async function practice(text: (runbook: string) => string = (same) => same) {
  const tools = await simulatedTools('app-rollback', { app: APP });
  const folder = dataFolder();
  const file = join(folder, 'practice.md');
  writeFileSync(file, text(liveRunbook(tools.healthUrl).replaceAll('hotdash-agent-service', APP)));
  const core = await acceleratedCore(folder);
  const { hash } = await core.services.runbooks.importFile(file);
  await core.services.runbooks.trust(hash, 'ann');
  const start = async (service = APP) =>
    await core.services.drills.startReal({
      intentId: ulid(),
      runbook: hash,
      service,
      rowLine: null,
      procedureId: null,
      actor: 'ann',
    });
  return { core, tools, start };
}

describe('a drill with real tools', () => {
  it('deploys to the -test app with the tools of PATH, proves it, and is a drill in every list', async () => {
    const { core, tools, start } = await practice((runbook) => runbook.replace(/watch=\S+/, 'watch=1s'));
    const incident = await core.services.incidents.open(await start());
    await autopilot(incident, 'ann', ulid);
    const { eventLog, runbook } = incident.context;
    expect(eventLog.state.declared).toMatchObject({ kind: 'drill', adapter: 'real', service: APP, drill: null });
    const deploy = [...eventLog.state.runs.values()].find(({ effect }) => effect === 'change');
    expect(deploy?.binary).toBe(join(tools.pathEntry, 'fly'));
    expect(tools.cloud.read().releases.at(-1)).toMatchObject({ version: 11, status: 'complete' });
    expect(incidentOutcome(eventLog.state, runbook)).not.toBe('failed');
    const { statistics, drills } = await core.services.drills.book(null);
    expect(drills.map(({ adapter }) => adapter)).toEqual(['real']);
    expect(statistics).toMatchObject({ incidents: 0, medianMitigationMs: null });
  });

  it('is refused for an app that does not end in -test, before anything is declared', async () => {
    const { core, start } = await practice();
    await expect(start('hotdash-agent-service')).rejects.toMatchObject({
      code: 'bad-arguments',
      message: 'A drill with real tools runs only on apps that end in -test, and hotdash-agent-service does not.',
    });
    expect(core.services.incidents.list()).toEqual([]);
  });

  it('runs no command that names another app, wherever the runbook got it from', async () => {
    const { core, tools, start } = await practice((runbook) =>
      runbook.replace(/(fly deploy -a )"?\$SERVICE"?/, '$1hotdash-agent-service'),
    );
    const incident = await core.services.incidents.open(await start());
    await autopilot(incident, 'ann', ulid);
    const { state, events } = incident.context.eventLog;
    const problems = events.flatMap(({ kind, payload }) =>
      kind === 'act.ended' ? (payload?.problem?.message ?? []) : [],
    );
    expect(problems.join()).toContain('its app is hotdash-agent-service');
    expect([...state.runs.values()].filter(({ effect }) => effect === 'change')).toEqual([]);
    expect(tools.cloud.read().releases).toHaveLength(5);
  });
});

describe('rollbook drill --real', () => {
  it('refuses production, a missing service, the autopilot and a speed', async () => {
    const line = commandLine();
    const refused = await line.run(['drill', '--real', '--service', 'hotdash-agent-service']);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('runs only on apps that end in -test, and hotdash-agent-service does not');
    expect((await line.run(['drill', '--real'])).code).toBe(2);
    expect((await line.run(['drill', '--real', '--service', APP, '--auto'])).code).toBe(2);
    expect((await line.run(['drill', '--real', '--service', APP, '--speed', '60'])).code).toBe(2);
    expect((await line.run(['drill', '--real', '--service', 'unknown-test'])).err).toContain(
      'hotdash-agent-service-test',
    );
  });

  it('says which tools it uses, and leaves the drill open when nobody answers', async () => {
    const { pathEntry } = await simulatedTools('app-rollback', { app: APP });
    const said = await commandLine().run(['drill', '--real', '--service', APP]);
    expect(said.out).toMatch(new RegExp(`^Tools: .*${pathEntry}/fly`));
    expect(said.out).toContain(`DRILL with real tools, on ${APP} alone.`);
    // The runbook's first procedure, under the row that leads to it.
    expect(said.out).toContain('Complete outage');
    expect(said.out).toContain('Read the releases of');
    expect(said.out).toContain('Left open.');
    expect(said.code).toBe(1);
  });
});

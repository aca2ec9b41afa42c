import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProbeAnswer } from '#core/ports.ts';
import { listScenarios, loadScenario } from '#core/simulator/scenario-files.ts';
import { proposeRelease } from '#shared/platforms/fly/propose-release.ts';
import { evaluateProof } from '#shared/platforms/fly/proof.ts';
import { HEALTH_INTERVAL_MS } from '#shared/platforms/health.ts';
import { parseReleases } from '#shared/platforms/fly/releases.ts';
import { parseStatus } from '#shared/platforms/fly/status.ts';
import { bundledRunbook } from '../../fixtures/bundled-runbook.ts';
import { APP, deployArgs, drill } from './drill.ts';

/** The application rollback as by a person: read, accept the proposal, deploy, prove. */
async function play(name: string) {
  const { run, adapter, scenario } = await drill(name);
  const status = async () => parseStatus((await run('fly', ['status', ...APP, '--json'])).stdout);
  const before = await status();
  const { proposed } = proposeRelease({
    releases: parseReleases((await run('fly', ['releases', ...APP, '--json'])).stdout),
    status: before,
    detectedAt: scenario.detectedAt,
    badInThisIncident: [],
  });
  if (proposed === null) throw new Error('nothing was proposed');
  const deployed = await run('fly', deployArgs(proposed.imageRef), { effect: 'change' });
  const health: ProbeAnswer[] = [];
  for (let asked = 0; asked < 3; asked += 1) {
    health.push(await adapter.http.get(scenario.service.health, 5_000));
    await adapter.clock.sleep(HEALTH_INTERVAL_MS);
  }
  const proof = evaluateProof({ before, after: await status(), targetImage: { ref: proposed.imageRef }, health });
  return { scenario, proposed, deployed, proof };
}

const unmet = (proof: ReturnType<typeof evaluateProof>) =>
  proof.findings.filter((finding) => !finding.met).map((finding) => finding.rule);

describe('the scenarios', () => {
  it.each(['app-rollback', 'app-rollback-unhealthy', 'image-gone', 'fix-failed-first'])(
    '%s proposes its release and ends as declared',
    async (name) => {
      const { scenario, proposed, deployed, proof } = await play(name);
      expect(proposed.version).toBe(scenario.expectedRelease);
      const verified = deployed.exit.kind === 'code' && deployed.exit.code === 0 && proof.met;
      expect(verified ? 'verified' : 'failed').toBe(scenario.expected);
    },
  );

  it('app-rollback-unhealthy deploys with exit 0, and only the health address gives it away', async () => {
    const { deployed, proof } = await play('app-rollback-unhealthy');
    expect(deployed.exit).toEqual({ kind: 'code', code: 0 });
    expect(unmet(proof)).toEqual(['health-answers']);
  });

  it('image-gone leaves everything as it was', async () => {
    const { deployed, proof } = await play('image-gone');
    expect(deployed.exit).toEqual({ kind: 'code', code: 1 });
    expect(unmet(proof)).toEqual(['target-image', 'checks-passing', 'health-answers']);
  });

  it('are listed with name, title and expectation', async () => {
    expect((await listScenarios()).map(({ name, expected }) => [name, expected])).toEqual([
      ['app-not-found', 'unverified'],
      ['app-rollback', 'verified'],
      ['app-rollback-unhealthy', 'failed'],
      ['db-rollback', 'verified'],
      ['db-sql-error', 'failed'],
      ['db-wrong-target', 'unverified'],
      ['deploy-hangs', 'stopped'],
      ['deploy-ignores-interrupt', 'stopped'],
      ['deploy-reverted', 'failed'],
      ['deployed-in-watch', 'failed'],
      ['deployed-meanwhile', 'unverified'],
      ['exploit-stop-machines', 'verified'],
      ['fix-failed-first', 'verified'],
      ['full-system', 'verified'],
      ['full-system-one-fails', 'failed'],
      ['image-crashes', 'failed'],
      ['image-gone', 'failed'],
      ['lease-held', 'failed'],
      ['login-expired', 'unverified'],
      ['machine-keeps-running', 'failed'],
      ['maintenance-mode', 'verified'],
      ['maintenance-not-shown', 'failed'],
      ['mixed-versions', 'failed'],
      ['network-down', 'unverified'],
      ['no-backup', 'unverified'],
      ['secret-set-in-watch', 'verified'],
    ]);
    expect((await listScenarios()).every(({ title }) => title.length > 20)).toBe(true);
  });

  it('change only to procedures of the bundled runbook, at steps of it', async () => {
    const { procedures } = bundledRunbook();
    const steps = procedures.flatMap((procedure) => procedure.steps.map(({ id }) => id));
    const whole = await Promise.all((await listScenarios()).map(({ name }) => loadScenario(name)));
    const switches = whole.flatMap((scenario) => scenario.switches);
    expect(switches.length).toBeGreaterThan(0);
    expect(switches.filter(({ at }) => !steps.includes(at))).toEqual([]);
    expect(switches.filter(({ procedure }) => !procedures.some(({ id }) => id === procedure))).toEqual([]);
  });

  it('that are unknown are refused with the known ones', async () => {
    const known = (await listScenarios()).map(({ name }) => name);
    await expect(loadScenario('../package')).rejects.toMatchObject({
      code: 'unknown-scenario',
      message: 'There is no drill scenario "../package".',
      advice: `Choose one of: ${known.join(', ')}.`,
    });
  });

  it('that are like another one are read over it, and not over a third', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollbook-scenarios-'));
    const write = (name: string, fields: object): void =>
      writeFileSync(join(folder, `${name}.json`), JSON.stringify({ name, ...fields }));
    try {
      write('app-rollback', JSON.parse(readFileSync('shared/scenarios/app-rollback.json', 'utf8')) as object);
      write('quiet', { like: 'app-rollback', logs: [] });
      write('third', { like: 'quiet' });
      const whole = await loadScenario('app-rollback', folder);
      expect(await loadScenario('quiet', folder)).toEqual({ ...whole, name: 'quiet', logs: [] });
      await expect(loadScenario('third', folder)).rejects.toThrow('"quiet" is itself like another one');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('that are broken are refused with file and place', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollbook-scenarios-'));
    try {
      const good = await loadScenario('app-rollback');
      writeFileSync(join(folder, 'cut.json'), '{');
      await expect(loadScenario('cut', folder)).rejects.toMatchObject({ code: 'unreadable-file' });
      const raw = JSON.parse(JSON.stringify(good)) as Record<string, unknown>;
      const dated = { ...raw, detectedAt: '2025-10-13T10:31:00Z', startAt: '2025-10-13T10:36:00Z', name: 'odd' };
      writeFileSync(
        join(folder, 'odd.json'),
        JSON.stringify({ ...dated, releases: [], machines: [], logs: [], expectedRelease: 4 }),
      );
      await expect(loadScenario('odd', folder)).rejects.toThrow(/odd\.json.*there is no release v4/s);
      await expect(listScenarios(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'unreadable-file' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

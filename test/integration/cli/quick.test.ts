import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { withVariables } from '../../fixtures/environment.ts';
import { liveRunbook } from '../../fixtures/live-runbook.ts';
import { simulatedTools } from '../../fixtures/simulated-tools.ts';
import { acceleratedPorts } from '../../tools/accelerated-ports.ts';

const APP = 'hotdash-agent-service';
const drill = (version: string, ...more: readonly string[]) => [
  'quick',
  APP,
  version,
  '--drill',
  'app-rollback',
  '--speed',
  '600',
  '--json',
  ...more,
];

interface Result {
  readonly incidentId: string;
  readonly deploy: string | null;
  readonly effective: boolean;
  readonly owed: readonly string[];
  readonly resume: string | null;
  readonly error?: { readonly code: string; readonly message: string };
}

describe('rollbook quick', () => {
  it('as a drill: deploys, proves, owes the team a word, and leaves the symptom to a person', async () => {
    const line = commandLine();
    const said = await line.run(drill('v9'));
    const result = said.json() as Result;
    expect(said.code).toBe(0);
    expect(said.err).toContain('Machine 3d8d9014c56e89 [app] has state: started');
    expect(result).toMatchObject({
      deploy: 'verified',
      effective: false,
      resume: expect.stringContaining('--resume') as string,
    });
    expect(result.owed).toEqual(['Tell the team that a rollback was started (P0)']);
    const report = (await line.run(['export', result.incidentId])).out;
    expect(report).toContain('**Severity**: P0');
    expect(report).toContain('DRILL');
  });

  it('in a terminal prints the deploy and its proof, then asks for the symptom and nothing before it', async () => {
    const line = commandLine();
    const said = await line.run(
      ['quick', APP, '9', '--drill', 'app-rollback', '--speed', '600'],
      ['1', 'HTTP 200'],
      true,
    );
    expect(said.code).toBe(0);
    const places = [
      'Started fly deploy',
      'Machine 3d8d9014c56e89 [app] has state: started',
      'proven: 2 of 2 machines started',
      '$ curl -fsS --max-time 10 https://hotdash-agent-service.fly.dev/health\n  {"status":"ok"}\n',
      'Is it gone?',
      'Rollback effective after',
    ].map((text) => said.out.indexOf(text));
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    // Each event once, also where the wizard takes over.
    expect(said.out.split('proven: 2 of 2 machines started')).toHaveLength(2);
  });

  it('a person who still sees the symptom makes it a failure', async () => {
    const said = await commandLine().run(
      ['quick', APP, '9', '--drill', 'app-rollback', '--speed', '600'],
      ['2', 'still 503'],
      true,
    );
    expect(said.code).toBe(1);
  });

  it('refuses a version that is not there, with the list, and declares nothing', async () => {
    const line = commandLine();
    const said = await line.run(drill('v77'));
    const result = said.json() as Result;
    expect(said.code).toBe(2);
    expect(result).toMatchObject({ error: { code: 'no-release' } });
    expect(result.error?.message).toMatch(/v10 \(bad\), v9 \(proposed\)/);
    expect((await line.run(['incidents', '--json'])).json()).toEqual({ incidents: [] });
  });

  it('takes a bad version only with --even-if-bad, and then shows what became of it', async () => {
    const line = commandLine();
    const refused = await line.run(drill('v10'));
    expect(refused.code).toBe(1);
    expect(refused.json()).toMatchObject({ error: { code: 'not-allowed' } });
    expect((await line.run(['incidents', '--json'])).json()).toEqual({ incidents: [] });
    const taken = await line.run(drill('v10', '--even-if-bad', '--immediate'));
    expect(taken.code).toBe(1);
    expect(taken.json()).toMatchObject({ deploy: 'failed' });
  });

  it('refuses what is no version, no service of the scenario, no scenario: 2, and declares nothing', async () => {
    const line = commandLine();
    expect((await line.run(drill('newest'))).code).toBe(2);
    expect((await line.run(['quick', 'other', 'v9', '--drill', 'app-rollback', '--json'])).code).toBe(2);
    expect((await line.run(['quick', 'other', 'v9', '--json'])).code).toBe(2);
    expect((await line.run(['incidents', '--json'])).json()).toEqual({ incidents: [] });
  });

  it('a login that has expired is declared all the same: the incident is where it is renewed', async () => {
    const said = await commandLine().run(['quick', APP, 'v9', '--drill', 'login-expired', '--speed', '600', '--json']);
    expect(said.code).toBe(3);
    expect(said.json()).toMatchObject({ deploy: null, error: { code: 'login-expired' } });
  });

  it('live without fly on PATH: says what is missing, where and what to do, exit 3, and declares nothing', async () => {
    const line = commandLine();
    withVariables({ PATH: line.folder });
    const said = await line.run(['quick', APP, 'v9']);
    expect(said.code).toBe(3);
    expect(said.err).toContain(`fly is not on PATH here, so this machine cannot roll ${APP} back to v9`);
    expect(said.err).toContain('Install flyctl');
    expect((await line.run(['incidents', '--json'])).json()).toEqual({ incidents: [] });
  });

  it('live, with the executables on PATH: a real deploy, judged as ever', async () => {
    const tools = await simulatedTools('app-rollback');
    const line = commandLine(dataFolder(), acceleratedPorts(10, Date.now()));
    writeFileSync(join(line.cwd, 'live.md'), liveRunbook(tools.healthUrl));
    const quick = ['quick', APP, 'v9', '--runbook', 'live.md', '--json'];
    expect((await line.run(quick)).json()).toMatchObject({ error: { code: 'untrusted' } });
    // As with `run`: who has read it says so. It stays reviewed, also after a refusal.
    const wrong = await line.run(['quick', APP, 'v77', '--runbook', 'live.md', '--trust', '--json']);
    expect(wrong.code).toBe(2);
    expect(wrong.json()).toMatchObject({ error: { code: 'no-release' } });
    expect((await line.run(['incidents', '--json'])).json()).toEqual({ incidents: [] });
    const said = await line.run(quick);
    expect(said.code).toBe(0);
    expect(said.json()).toMatchObject({ deploy: 'verified' });
    expect(tools.cloud.read().releases.at(-1)).toMatchObject({ status: 'complete' });
  });
});

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';

const CLI = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

interface Result {
  readonly incidentId: string;
  readonly outcome: string;
  readonly target: number;
  readonly mitigation: number | null;
  readonly met: boolean;
  readonly steps: readonly { readonly id: string; readonly title: string; readonly outcome: string | null }[];
}

const drill = (name: string, ...more: readonly string[]): string[] => [
  'drill',
  '--scenario',
  name,
  '--auto',
  '--speed',
  '600',
  '--json',
  ...more,
];

describe('rollbook drill', () => {
  it('lists the scenarios with what they declare', async () => {
    const said = await commandLine().run(['drill', '--list', '--json']);
    expect(said.code).toBe(0);
    expect(said.json()).toMatchObject({
      scenarios: expect.arrayContaining([
        expect.objectContaining({ name: 'app-rollback', expected: 'verified' }),
        expect.objectContaining({ name: 'app-rollback-unhealthy', expected: 'failed' }),
        expect.objectContaining({ name: 'image-gone', expected: 'failed' }),
        expect.objectContaining({ name: 'fix-failed-first', expected: 'verified' }),
      ]) as unknown,
    });
  });

  it('says in the outcome, the list and the report that nobody took up the checklist', async () => {
    const line = commandLine();
    const args = ['drill', '--scenario', 'app-rollback', '--auto', '--speed', '600', '--report', 'checklist.md'];
    expect((await line.run(args)).out).toContain('DRILL app-rollback: verified, checklist open (declared: verified)');
    expect((await line.run(['incidents'])).out).toMatch(/resolved +verified, checklist open /);
    const report = readFileSync(join(line.cwd, 'checklist.md'), 'utf8');
    expect(report).toMatch(/^\*\*Outcome\*\*: verified, checklist open\. /m);
    expect(report).toContain('Pre-rollback checklist: 0 of 5 ticked, 5 left open.');
    expect((await line.run(drill('app-rollback', '--expect'))).json()).toMatchObject({
      outcome: 'verified',
      checklistOpen: true,
    });
  });

  it('by hand it has no JSON to give, and what is refused declares nothing', async () => {
    const line = commandLine();
    expect((await line.run(['drill', '--scenario', 'app-rollback', '--json'])).code).toBe(2);
    expect((await line.run(['incidents', '--json'])).json()).toEqual({ incidents: [] });
  });

  it('says after Ctrl-C how to go on', async () => {
    const { folder } = commandLine();
    const child = spawn(process.execPath, [CLI, 'drill', '--scenario', 'app-rollback'], {
      env: { ...process.env, ROLLBOOK_HOME: folder },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (out === '') child.kill('SIGINT');
      out += chunk.toString();
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(130);
    expect(out).toMatch(/Left open\. Go on with: rollbook run --resume \w{26}/);
  });

  it('plays app-rollback to a written report and a chain that verifies', async () => {
    const line = commandLine();
    const said = await line.run(drill('app-rollback', '--report', 'drill.md'));
    const result = said.json() as Result;
    expect(said.code).toBe(0);
    expect(result).toMatchObject({ outcome: 'verified', target: 300_000 });
    // The simulated deploy alone takes more than half a minute of drill time.
    expect(result.mitigation).toBeGreaterThan(30_000);
    expect(result.met).toBe((result.mitigation ?? Number.POSITIVE_INFINITY) <= result.target);
    expect(result.steps).toHaveLength(5);
    // The path is relative to the caller's folder.
    expect(readFileSync(join(line.cwd, 'drill.md'), 'utf8')).toContain('**Severity**: P0');
    const verified = await line.run(['verify', result.incidentId, '--json']);
    expect(verified.code).toBe(0);
    expect(verified.json()).toMatchObject({ ok: true, head: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    const listed = await line.run(['incidents', '--json']);
    expect(listed.json()).toMatchObject({ incidents: [{ id: result.incidentId, kind: 'drill', outcome: 'verified' }] });
    const exported = await line.run(['export', result.incidentId]);
    expect(exported.out).toMatch(/^---\n[\s\S]*\n# Incident Report: /);
  });

  it('exits 1 for a drill that fails, and 0 with --expect when that is what it declares', async () => {
    const line = commandLine();
    const failed = await line.run(drill('app-rollback-unhealthy'));
    expect(failed).toMatchObject({ code: 1 });
    expect(failed.json()).toMatchObject({ outcome: 'failed', mitigation: null, met: false });
    expect(await line.run(drill('image-gone', '--expect'))).toMatchObject({ code: 0 });
    expect(await line.run(drill('no-such-drill'))).toMatchObject({ code: 2 });
  });

  it('by hand says first what it is: DRILL, symptom, incident, and what can be typed', async () => {
    const line = commandLine();
    const { out } = await line.run(['drill', '--scenario', 'app-rollback', '--speed', '60'], ['', '1', '', '/help']);
    expect(out).toMatch(
      /^DRILL app-rollback, 60 times as fast as real time, on simulated tools: nothing real is touched/,
    );
    expect(out).toMatch(/\nIncident \w{26}: P0, Complete outage of the service .*target <5 min/);
    expect(out).toContain('Symptom: ');
    expect(out).toContain('/help lists what can be typed; "stop" stops what runs');
    expect(out).toMatch(/\nhand {2,}at a question about a step: you ran it elsewhere/);
    expect(out).toMatch(/\nstop {2,}while something runs/);
    expect(out).toMatch(/Started fly deploy .*\(simulated\)/);
    expect(out).not.toContain('(process');
    const { out: listed } = await line.run(['incidents']);
    expect(listed).toContain('app-rollback: Complete outage of the service');
  });

  it('is over when it is over: its follow-ups wait, and none is ever overdue', async () => {
    const line = commandLine();
    const { incidentId } = (await line.run(drill('app-rollback'))).json() as Result;
    const first = await line.run(['follow-ups', incidentId]);
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/due in .*/);
    expect(first.out).not.toContain('OVERDUE');
    // After hours of drill time, nothing has changed.
    const again = await line.run(['follow-ups', incidentId]);
    expect(again.out).toBe(first.out);
  });

  it('goes through a drill by hand from typed lines, and leaves it open when they end', async () => {
    const line = commandLine();
    const typed = ['', '1', '', '', '1', 'HTTP 200, v9', 'loads', 'done', 'arrives', 'none', '', 'Rolled back to v9.'];
    const whole = await line.run(['drill', '--scenario', 'app-rollback', '--speed', '600'], typed);
    expect(whole.out).toContain('DRILL app-rollback: verified');
    expect(whole.code).toBe(0);
    const cut = await line.run(['drill', '--scenario', 'app-rollback', '--speed', '600'], ['']);
    expect(cut.out).toContain('Left open. Go on with: rollbook run --resume');
    expect(cut.code).toBe(1);
  });
});

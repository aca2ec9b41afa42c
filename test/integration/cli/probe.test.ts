/** `rollbook run --probe`: the symptom probe is sent, and the report has its numbers. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';
import { liveRunbook } from '../../fixtures/live-runbook.ts';
import { simulatedTools } from '../../fixtures/simulated-tools.ts';

interface Report {
  readonly symptomProbe: { readonly address: string; readonly samples: readonly { readonly detail: string }[] } | null;
}

async function context() {
  const tools = await simulatedTools('app-rollback');
  const line = commandLine();
  const file = join(line.cwd, 'live.md');
  writeFileSync(file, liveRunbook(tools.healthUrl));
  const run = (...more: readonly string[]) =>
    line.run(['run', file, '--row', '1', '--detected', '1', '--trust', ...more], ['', '.']);
  const newest = async (): Promise<Report> => {
    const { incidents } = (await line.run(['incidents', '--json'])).json() as { incidents: { id: string }[] };
    return (await line.run(['export', incidents[0]?.id ?? '', '--format', 'json'])).json() as Report;
  };
  return { line, tools, run, newest };
}

describe('rollbook run --probe', () => {
  it('asks the address that was given', async () => {
    const { run, newest } = await context();
    // Nothing answers at this port. The test checks only that it was probed.
    await run('--probe', 'https://127.0.0.1:9/status');
    const { symptomProbe } = await newest();
    expect(symptomProbe?.address).toBe('https://127.0.0.1:9/status');
    expect(symptomProbe?.samples[0]?.detail).toContain('no answer');
  });

  it("asks the service's health address where none was given, and nothing where an empty one was", async () => {
    const { tools, run, newest } = await context();
    await run();
    const { symptomProbe } = await newest();
    expect(symptomProbe?.address).toBe(tools.healthUrl);
    expect(symptomProbe?.samples[0]?.detail).toContain('HTTP 503');
    await run('--probe', '');
    expect((await newest()).symptomProbe).toBeNull();
  });

  it('refuses what is neither declared nor https, before anything is declared', async () => {
    const { line, run } = await context();
    const said = await run('--probe', 'http://127.0.0.1:9/status');
    expect(said.code).toBe(2);
    expect(said.err).toContain('The symptom probe is not an https address.');
    expect((await line.run(['incidents', '--json'])).json()).toEqual({ incidents: [] });
  });
});

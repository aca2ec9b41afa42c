import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { describe, expect, it, vi } from 'vitest';
import { autopilot } from '#core/drills/autopilot.ts';
import { action, answer, answers, exportReport, htmlReport } from '../../../electron/cli/commands/report.ts';
import { dataFolder, virtualCore } from '../../fixtures/data-folder.ts';
import { take } from '../../fixtures/steering.ts';
import { passingTime } from '../../fixtures/test-ports.ts';
import { NO_PROGRESS } from '../../../electron/cli/progress.ts';

async function played() {
  const core = await virtualCore();
  const { drills, incidents } = core.services;
  const id = await drills.start({ scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() });
  await passingTime(autopilot(await incidents.open(id), 'ann', ulid));
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const { door } = core.services;
  const terminal = {
    out: say,
    err: say,
    exact: say,
    door,
    input: process.stdin,
    cwd: dataFolder(),
    interactive: false,
    progress: NO_PROGRESS,
  };
  return { core, id, terminal, printed: () => said.splice(0).join('') };
}

const MARKDOWN = { format: 'markdown', evidence: false, brief: false, json: false } as const;

describe('rollbook export', () => {
  it('calls no event purged because an earlier export is not part of what it tells', async () => {
    const { core, id, terminal, printed } = await played();
    await exportReport(terminal, core, id, { ...MARKDOWN, output: 'one.md' });
    await answer(terminal, core, id, 'impact', 'none', false);
    printed();
    await exportReport(terminal, core, id, MARKDOWN);
    const markdown = printed();
    expect(markdown).toContain('none');
    expect(markdown).not.toContain('were purged');
  });

  it('has a name of its own in an existing folder', async () => {
    const { core, id, terminal, printed } = await played();
    expect(await exportReport(terminal, core, id, { ...MARKDOWN, output: '.' })).toBe(0);
    const path = join(terminal.cwd, '2025-10-13-P0-agent-service.md');
    expect(printed()).toContain(`Report written to ${path}`);
    expect(readFileSync(path, 'utf8')).toContain(`id: ${id}`);
  });

  it('is the first page alone when it is to be brief, which JSON and evidence cannot be', async () => {
    const { core, id, terminal, printed } = await played();
    await exportReport(terminal, core, id, { ...MARKDOWN, brief: true });
    const brief = printed();
    expect(brief).toContain('## Follow-ups');
    expect(brief).not.toContain('Appendix');
    for (const form of [{ format: 'json' }, { output: 'out/', evidence: true }] as const)
      await expect(exportReport(terminal, core, id, { ...MARKDOWN, brief: true, ...form })).rejects.toMatchObject({
        code: 'bad-arguments',
      });
  });

  it('is one HTML file with --html, under its own name unless one is given', async () => {
    const { core, id, terminal, printed } = await played();
    expect(await htmlReport(terminal, core, id, { file: true, brief: true, json: false })).toBe(0);
    const path = join(terminal.cwd, '2025-10-13-P0-agent-service.html');
    expect(printed()).toContain(`Report written to ${path}`);
    const brief = readFileSync(path, 'utf8');
    expect(brief).toMatch(/^<!doctype html>[\s\S]*<svg [\s\S]*<\/html>\n$/);
    expect(brief).not.toContain('Appendix');
    expect(await htmlReport(terminal, core, id, { file: 'mine.html', brief: false, json: true })).toBe(0);
    expect(JSON.parse(printed())).toMatchObject({ incidentId: id, path: join(terminal.cwd, 'mine.html') });
    expect(readFileSync(join(terminal.cwd, 'mine.html'), 'utf8')).toContain('Appendix A');
    expect(await exportReport(terminal, core, id, { ...MARKDOWN, format: 'html' })).toBe(0);
    expect(printed()).toMatch(/^<!doctype html>/);
  });

  it('verifies the timeline once, in every form', async () => {
    const { core, id, terminal } = await played();
    const verify = vi.spyOn(core.services.store, 'verify');
    const forms = [
      {},
      { format: 'json' },
      { output: 'one.md' },
      { output: '.' },
      { output: 'out/', evidence: true },
    ] as const;
    for (const form of forms) {
      verify.mockClear();
      expect(await exportReport(terminal, core, id, { ...MARKDOWN, ...form }), JSON.stringify(form)).toBe(0);
      expect(verify, JSON.stringify(form)).toHaveBeenCalledTimes(1);
    }
  });

  it('writes a folder whose hashes hold, and which are those of the timeline', async () => {
    const { core, id, terminal, printed } = await played();
    expect(await exportReport(terminal, core, id, { ...MARKDOWN, output: 'out/', evidence: true })).toBe(0);
    const folder = join(terminal.cwd, 'out');
    expect(printed()).toContain('evidence files written to');
    expect(readdirSync(folder).toSorted()).toEqual([
      'SHA256SUMS',
      'evidence',
      'incident.svg',
      'report.json',
      'report.md',
      'timeline.jsonl',
    ]);
    expect(statSync(join(folder, 'report.md')).mode & 0o777).toBe(0o600);

    const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
    const listed = sums.map((line) => line.split('  ') as [string, string]);
    for (const [sha256, path] of listed)
      expect(
        createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex'),
        path,
      ).toBe(sha256);

    // The appendix has the right size and hash of each file, and the picture is the one beside the report.
    const report = readFileSync(join(folder, 'report.md'), 'utf8');
    expect(report).toMatch(/^!\[DRILL P0 .* probes bad\.\]\(incident\.svg\)$/m);
    expect(readFileSync(join(folder, 'incident.svg'), 'utf8')).toMatch(/^<svg [\s\S]*Effective/);
    expect(listed.map(([, path]) => path)).toContain('incident.svg');
    const evidence = listed.filter(([, path]) => path.startsWith('evidence/'));
    expect(evidence.length).toBeGreaterThan(3);
    for (const [sha256, path] of evidence) expect(report).toMatch(new RegExp(`\`${path}\`.*\`${sha256}\``));

    // A second export is identical.
    const before = readFileSync(join(folder, 'report.md'), 'utf8');
    await exportReport(terminal, core, id, { ...MARKDOWN, output: 'out/', evidence: true });
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toBe(before);
  });

  it('says when an output is not as it was recorded, and leaves other folders alone', async () => {
    const { core, id, terminal, printed } = await played();
    const [runId = ''] = core.services.store
      .events(id)
      .flatMap(({ kind, payload }) => (kind === 'run.intended' ? [(payload as { runId: string }).runId] : []));
    appendFileSync(join(core.services.store.folder, 'outputs', `${runId}.log`), 'o 1 forged\n');
    expect(await exportReport(terminal, core, id, { ...MARKDOWN, output: 'out', evidence: true })).toBe(1);
    expect(printed()).toContain(`NOT as the timeline recorded it: evidence/${runId}.log`);

    mkdirSync(join(terminal.cwd, 'mine'));
    writeFileSync(join(terminal.cwd, 'mine', 'thesis.txt'), 'x');
    await expect(
      exportReport(terminal, core, id, { ...MARKDOWN, output: 'mine', evidence: true }),
    ).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('shows what was wrong in the runbook as a diff of the text the incident has pinned', async () => {
    const core = await virtualCore();
    const { drills, incidents, runbooks, reports } = core.services;
    const id = await drills.start({ scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() });
    const incident = await incidents.open(id);
    const step = incident.context.runbook.procedures[0]?.steps[0];
    const line = step?.line ?? 0;
    const { source } = await runbooks.open(incident.context.eventLog.state.declared.runbook.hash);
    const was = source.split('\n')[line - 1] ?? '';
    await take(incident, {
      kind: 'report-defect',
      stepId: step?.id ?? '',
      line,
      lines: 1,
      becomes: '1. **Look twice**',
      comment: 'once is not enough',
    });
    const { markdown } = await reports.preview(id);
    const diff = /^(`{3,})diff\n([\s\S]*?)\n\1$/m.exec(markdown)?.[2] ?? '';
    expect(diff).toContain(`\n-${was}\n+1. **Look twice**\n`);
    expect(diff).toMatch(new RegExp(`^@@ -${line - 3},7 \\+${line - 3},7 @@$`, 'm'));
    const json = await reports.text(id, 'json');
    expect((JSON.parse(json.text) as { defectDiff: string }).defectDiff.trimEnd()).toBe(diff);
  });

  it('prints the report as JSON for programs', async () => {
    const { core, id, terminal, printed } = await played();
    expect(await exportReport(terminal, core, id, { ...MARKDOWN, format: 'json' })).toBe(0);
    expect(JSON.parse(printed())).toMatchObject({
      format: 'rollbook-report',
      version: 1,
      incident: { id, kind: 'drill', outcome: expect.any(String) as string },
      mitigation: { met: expect.any(Boolean) as boolean },
    });
  });
});

describe('rollbook report', () => {
  it('answers a question, adds an action item, changes one part of it, and takes it out', async () => {
    const { core, id, terminal, printed } = await played();
    await answer(terminal, core, id, 'impact', '410 riders, token ghp_0123456789abcdefghijklmnopqrstuvwxyzAB', true);
    expect(JSON.parse(printed())).toMatchObject({ answers: { impact: '410 riders, token [redacted]' } });
    await action(terminal, core, id, 'Alert on 503', { type: 'detect', owner: 'Amy', json: true });
    const { actionItems } = JSON.parse(printed()) as { actionItems: { itemId: string }[] };
    const item = actionItems[0]?.itemId ?? '';
    await action(terminal, core, id, undefined, { item, done: true, json: true });
    expect(JSON.parse(printed())).toMatchObject({
      actionItems: [{ what: 'Alert on 503', type: 'detect', owner: 'Amy', done: true, priority: null }],
    });
    await answers(terminal, core, id, false);
    expect(printed()).toMatch(/yes +detect +Amy +- +- +Alert on 503/);
    await action(terminal, core, id, undefined, { item, remove: true, json: true });
    expect(JSON.parse(printed())).toMatchObject({ actionItems: [] });
  });

  it('refuses what is not there', async () => {
    const { core, id, terminal } = await played();
    await expect(answer(terminal, core, id, 'nope', 'x', false)).rejects.toMatchObject({ code: 'bad-arguments' });
    await expect(action(terminal, core, id, '', { json: false })).rejects.toMatchObject({ code: 'bad-arguments' });
    await expect(action(terminal, core, id, 'x', { item: 'nope', json: false })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

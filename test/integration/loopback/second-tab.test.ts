import { ulid } from 'ulid';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Bridge } from '#shared/api/bridge.ts';
import type { Result } from '#shared/api/result.ts';
import { startLoopback } from '../../../electron/loopback/start.ts';
import { connectLoopback } from '../../../renderer/bridge/loopback.ts';
import { testCore } from '../../fixtures/data-folder.ts';
import { testFolder } from './harness.ts';
import { tab } from '../../fixtures/loopback-tab.ts';

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

/** The kinds of all events that a tab receives. */
async function following(bridge: Bridge, incidentId: string) {
  const kinds: string[] = [];
  const watchers = new Set<() => void>();
  bridge.on('incident.events', ({ events }) => {
    kinds.push(...events.map(({ kind }) => kind));
    for (const watcher of watchers) watcher();
  });
  valueOf(await bridge.call('incident.follow', { incidentId, afterSeq: 0 }));
  const until = (kind: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => void (kinds.includes(kind) && resolve());
      watchers.add(look);
      look();
    });
  return { kinds, until };
}

describe('a second tab', () => {
  it('comes in by a link of its own and follows the same incident live; each sees what the other does', async () => {
    const core = await testCore();
    const folder = testFolder();
    const host = await startLoopback({ core, windowFolder: `${folder}/window`, linkParent: folder });
    onTestFinished(() => host.close());
    const open = (url: string): Bridge => {
      const place = tab(host, url);
      onTestFinished(() => {
        place.hold = true;
        for (const socket of place.sockets) socket.terminate();
      });
      return connectLoopback(place);
    };

    const first = open(host.url);
    const drill = { intentId: ulid(), scenario: 'app-rollback', speed: 60, rowLine: null };
    const { incidentId } = valueOf(await first.call('drill.start', drill));
    const own = await following(first, incidentId);

    const link = await host.newLink();
    expect(link.url).not.toBe(host.url);
    const second = open(link.url);
    const other = await following(second, incidentId);
    expect(host.windows()).toBe(2);

    const view = valueOf(await second.call('incident.open', { incidentId }));
    const note = { kind: 'note', text: 'seen from the second tab', starred: false } as const;
    const act = { incidentId, intentId: ulid(), expectedSeq: view.events.length, intent: note };
    expect(await second.call('incident.act', act)).toMatchObject({ ok: true });
    await Promise.all([own.until('note.added'), other.until('note.added')]);
    // Later events may have reached only one of them so far.
    const untilNote = (kinds: readonly string[]) => kinds.slice(0, kinds.indexOf('note.added') + 1);
    expect(untilNote(own.kinds)).toEqual(untilNote(other.kinds));

    // The link of the second tab is used up, like that of the first.
    const third = open(link.url);
    expect(await third.call('app.info', {})).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
  });
});

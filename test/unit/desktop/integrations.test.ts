import { describe, expect, it, vi } from 'vitest';
import type { Failure } from '#shared/api/result.ts';
import { openFromOutside } from '../../../electron/desktop/open-from-outside.ts';
import { incidentFeed } from '../../../electron/desktop/incident-feed.ts';
import { keepAwake } from '../../../electron/desktop/keep-awake.ts';
import { type MenuActs, menuTemplate } from '../../../electron/desktop/menu-template.ts';
import { partingNote } from '../../../electron/desktop/ending.ts';
import { refreshParts } from '../../../electron/desktop/refresh-parts.ts';
import type { Envelope } from '#shared/incident/event.ts';
import { DETECTED_AT, IncidentEvents } from '../../fixtures/incident-events.ts';
import { RUNBOOK } from '../../fixtures/runbook-model.ts';

describe('incidentFeed', () => {
  it('reads only what grew, and follows what is not closed', () => {
    const events = new IncidentEvents();
    let status = 'open';
    const read: number[] = [];
    const store = {
      list: (filter?: { status?: string }) =>
        filter?.status === status
          ? [{ id: 'I1', head: { seq: events.events.length, hash: '' }, runbookHash: 'r', modelHash: 'm' }]
          : [],
      events: (_id: string, afterSeq = 0) => {
        read.push(afterSeq);
        return events.events.slice(afterSeq) as unknown as readonly Envelope[];
      },
    };
    const model = { ...RUNBOOK, procedures: [{ steps: [{ id: 's1', title: 'Choose' }] }] };
    const feed = incidentFeed({ store, model: () => model } as unknown as Parameters<typeof incidentFeed>[0]);
    expect(feed(DETECTED_AT + 5)).toMatchObject([{ id: 'I1', now: DETECTED_AT + 5 }]);
    expect(feed(DETECTED_AT)[0]?.stepTitle('s1')).toBe('Choose');
    expect(feed(DETECTED_AT)[0]?.stepTitle('gone')).toBe('gone');
    events.add('incident.resolved', { summary: 'x' });
    status = 'resolved';
    expect(feed(DETECTED_AT)[0]?.state.resolvedAt).not.toBeNull();
    expect(read).toEqual([0, 1]);
    status = 'closed';
    expect(feed(DETECTED_AT)).toEqual([]);
  });

  it('gives a drill its own time', () => {
    const drill = { scenario: 'x', speed: 60, startAt: DETECTED_AT, wallStartAt: DETECTED_AT };
    const { events } = new IncidentEvents({ kind: 'drill', adapter: 'simulated', drill });
    const row = { id: 'D', head: { seq: 1, hash: '' }, runbookHash: 'r', modelHash: 'm' };
    const store = { list: ({ status }: { status: string }) => (status === 'open' ? [row] : []), events: () => events };
    const parts = { store, model: () => RUNBOOK } as unknown as Parameters<typeof incidentFeed>[0];
    expect(incidentFeed(parts)(DETECTED_AT + 1_000)[0]?.now).toBe(DETECTED_AT + 60_000);
  });
});

describe('refreshParts', () => {
  it('goes on with the other parts when one fails, and tells that once until it works again', async () => {
    let broken = true;
    const seen: number[] = [];
    const report = vi.fn<(name: string, thrown: unknown) => void>();
    const parts = {
      tray: () => {
        if (broken) throw new Error('no tray');
      },
      later: async () => {
        if (broken) throw new Error('no disk');
      },
      clock: (value: number) => seen.push(value),
    };
    const look = refreshParts(() => 7, parts, report);
    for (let times = 0; times < 3; times += 1) {
      look();
      await Promise.resolve();
    }
    expect(seen).toEqual([7, 7, 7]);
    expect(report.mock.calls.map(([name]) => name).toSorted()).toEqual(['later', 'tray']);
    broken = false;
    look();
    await Promise.resolve();
    broken = true;
    look();
    expect(report).toHaveBeenCalledTimes(3);
  });

  it('survives a store that cannot be read', () => {
    const part = vi.fn<() => void>();
    const report = vi.fn<(name: string, thrown: unknown) => void>();
    const look = refreshParts(
      () => {
        throw new Error('damaged');
      },
      { part },
      report,
    );
    look();
    look();
    expect(part).not.toHaveBeenCalled();
    expect(report).toHaveBeenCalledOnce();
  });
});

describe('keepAwake', () => {
  it('holds one blocker while something runs', () => {
    let running = 0;
    const blocker = { start: vi.fn<() => number>(() => 4), stop: vi.fn<(id: number) => void>() };
    const look = keepAwake(() => running, blocker);
    look();
    running = 2;
    look();
    look();
    expect(blocker.start).toHaveBeenCalledOnce();
    running = 0;
    look();
    look();
    expect(blocker.stop.mock.calls).toEqual([[4]]);
  });
});

describe('openFromOutside', () => {
  function parts(importFile: (path: string) => Promise<{ hash: string }> = async () => ({ hash: 'h1' })) {
    const show = vi.fn<(place: string) => Promise<void>>(() => Promise.resolve());
    const tell = vi.fn<(failure: Failure) => void>();
    return { importFile, hasIncident: (id: string) => id === 'KNOWN', show, tell };
  }

  it('leads to the review of a runbook', async () => {
    const all = parts();
    await openFromOutside({ kind: 'runbook', path: '/x.md' }, all);
    expect(all.show.mock.calls).toEqual([['#/runbook/h1']]);
  });

  it('leads to an incident that is known, and says so when it is not', async () => {
    const all = parts();
    await openFromOutside({ kind: 'incident', incidentId: 'KNOWN' }, all);
    await openFromOutside({ kind: 'incident', incidentId: 'OTHER' }, all);
    expect(all.show.mock.calls).toEqual([['#/incident/KNOWN']]);
    expect(all.tell).toHaveBeenCalledOnce();
    expect(all.tell.mock.calls[0]?.[0]).toMatchObject({ code: 'not-found' });
  });

  it('tells why a file cannot be read', async () => {
    const all = parts(() => Promise.reject(new Error('2 MB is too much')));
    await openFromOutside({ kind: 'runbook', path: '/x.md' }, all);
    expect(all.show).not.toHaveBeenCalled();
    expect(all.tell.mock.calls[0]?.[0].message).toBe('2 MB is too much');
  });
});

describe('partingNote', () => {
  it('says what goes on, and that nothing follows it on Windows', () => {
    expect(partingNote([], 'linux')).toBeNull();
    expect(partingNote(['fly deploy', 'fly apps restart'], 'darwin')).toMatch(/fly deploy; fly apps restart.*keeper/);
    expect(partingNote(['fly deploy'], 'win32')).toMatch(/by hand/);
  });
});

describe('the menu', () => {
  const acts = Object.fromEntries(
    ['openRunbook', 'declare', 'drill', 'reference', 'report', 'clock', 'home'].map((name) => [name, () => undefined]),
  ) as unknown as MenuActs;
  const flat = (platform: NodeJS.Platform, packaged = true) =>
    menuTemplate({ platform, packaged, acts, updates: null }).flatMap((item) =>
      Array.isArray(item.submenu) ? item.submenu : [item],
    );

  it.each(['darwin', 'linux', 'win32'] as const)('has each accelerator once on %s', (platform) => {
    const keys = flat(platform).flatMap(({ accelerator }) => accelerator ?? []);
    expect(keys.length).toBeGreaterThan(5);
    expect(new Set(keys).size).toBe(keys.length);
    // Ctrl+K is the page's own.
    expect(keys).not.toContain('CmdOrCtrl+K');
  });

  it('has the platform’s own roles, and developer tools only in a checkout', () => {
    const roles = (platform: NodeJS.Platform) =>
      menuTemplate({ platform, packaged: true, acts, updates: null }).flatMap(({ role }) => role ?? []);
    expect(roles('darwin')).toEqual(['appMenu', 'editMenu', 'windowMenu']);
    expect(roles('linux')).toEqual(['editMenu', 'windowMenu']);
    expect(flat('linux').map(({ role }) => role)).not.toContain('toggleDevTools');
    expect(flat('linux', false).map(({ role }) => role)).toContain('toggleDevTools');
    expect(flat('win32').map(({ role }) => role)).toContain('quit');
  });

  it('has the switch of the update check only where there is one to make', () => {
    const set = vi.fn<(on: boolean) => void>();
    const help = menuTemplate({ platform: 'linux', packaged: true, acts, updates: { on: true, set } }).at(-1);
    const [item] = Array.isArray(help?.submenu) ? help.submenu : [];
    expect(item).toMatchObject({ type: 'checkbox', checked: true });
    item?.click?.({ checked: false } as never, undefined, {});
    expect(set.mock.calls).toEqual([[false]]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  fingerprintOf,
  isSameButOwn,
  judgeReleases,
  runsChosen,
  toReleases,
} from '#shared/platforms/generic/releases.ts';
import { readRows as read, type Row } from '#shared/platforms/generic/rows.ts';
import type { RowReader } from '#shared/runbook/service.ts';
import { namedGroupsOf } from '#shared/runbook/pattern.ts';

const readRows = (command: string, reader: RowReader, printed: string) => read(command, reader, printed, namedGroupsOf);

const row = (release: string, more: Partial<Row> = {}): Row => ({
  release,
  image: '',
  status: '',
  description: '',
  created: '',
  user: '',
  ...more,
});

describe('readRows', () => {
  it('reads a table below its titles, wherever they begin', () => {
    const printed = [
      'deployment.apps/shop ',
      'REVISION  CHANGE-CAUSE',
      '1         image=shop:1.0 by amy',
      '12        <none>',
      '',
    ].join('\n');
    const fields = { release: 'REVISION', description: 'CHANGE-CAUSE' };
    const rows = readRows('kubectl rollout history', { kind: 'table', fields }, printed);
    expect(rows).toMatchObject([{ release: '1', description: 'image=shop:1.0 by amy' }, { release: '12' }]);
  });

  it('refuses a table without the columns, and text that is not JSON', () => {
    const readAs = (kind: 'table' | 'json') =>
      readRows('shopctl list', { kind, at: '', fields: { release: 'REVISION' } }, 'error: no access\n');
    expect(() => readAs('table')).toThrow('no line has the columns REVISION');
    expect(() => readAs('json')).toThrow('it is not JSON');
  });

  it('reads paths with keys, numbers and quoted keys, and a JSON value on each line', () => {
    const fields = { release: 'a["b.c"][1]', image: 'i', status: 'missing' };
    const rows = readRows('x', { kind: 'json', at: '', fields }, '{"a":{"b.c":[1,2]},"i":true}\n{"a":{"b.c":[3,4]}}\n');
    expect(rows).toMatchObject([
      { release: '2', image: 'true', status: '' },
      { release: '4', image: '' },
    ]);
  });

  it('leaves out rows and lines without a release', () => {
    const lines = { kind: 'lines', pattern: '^(?P<release>v\\d+)(?: (?P<status>\\w+))?$' } as const;
    expect(readRows('x', lines, 'header\nv1 ok\nv2\n')).toMatchObject([
      { release: 'v1', status: 'ok' },
      { release: 'v2', status: '' },
    ]);
  });
});

describe('judgeReleases', () => {
  const none = { detectedAt: 1_000, tried: [], complete: null };
  const verdicts = (rows: readonly Row[], running: readonly string[], more: object = {}) =>
    judgeReleases({ ...none, releases: toReleases(rows, 'first'), running, ...more }).map(({ verdict }) => verdict);

  it('proposes the newest one that is older than what runs', () => {
    const rows = [row('5'), row('4'), row('3'), row('2')];
    expect(verdicts(rows, ['4'])).toEqual(['possible', 'bad', 'proposed', 'possible']);
  });

  it('proposes none that was tried or is not complete, and nothing when what runs is not listed', () => {
    const rows = [row('4'), row('3', { status: 'failed' }), row('2', { status: 'ok' }), row('1', { status: 'ok' })];
    expect(verdicts(rows, ['4'], { complete: ['ok'], tried: ['2'] })).toEqual(['bad', 'bad', 'bad', 'proposed']);
    expect(verdicts([row('2'), row('1')], ['9'])).toEqual(['possible', 'possible']);
    expect(verdicts([row('2'), row('1')], [])).toEqual(['possible', 'possible']);
  });

  it('counts the same image under an older number as running', () => {
    const rows = [row('3', { image: 'a' }), row('2', { image: 'b' }), row('1', { image: 'a' })];
    expect(verdicts(rows, ['a'])).toEqual(['bad', 'proposed', 'bad']);
  });

  it('does not propose what was in service after the trouble was detected', () => {
    const at = (seconds: number) => ({ created: new Date(seconds * 1_000).toISOString() });
    const rows = [row('3', at(5)), row('2', at(3)), row('1', at(0.5))];
    expect(verdicts(rows, ['3'], { detectedAt: 4_000 })).toEqual(['bad', 'bad', 'proposed']);
    expect(verdicts(rows, ['3'], { detectedAt: 6_000 })).toEqual(['bad', 'proposed', 'possible']);
  });
});

describe('isSameButOwn', () => {
  const list = (...rows: Row[]) => toReleases(rows, 'first');
  const before = list(row('2', { image: 'b' }), row('1', { image: 'a' }));
  const picked = { fingerprint: fingerprintOf(before), image: 'a' };

  it('sees a release of somebody else, and a changed status', () => {
    const added = list(row('3', { image: 'c' }), row('2', { image: 'b' }), row('1', { image: 'a' }));
    expect(isSameButOwn(picked, before, 0)).toBe(true);
    expect(isSameButOwn(picked, added, 0)).toBe(false);
    expect(isSameButOwn(picked, added, 1)).toBe(false);
    const marked = list(row('2', { image: 'b', status: 'failed' }), row('1', { image: 'a' }));
    expect(isSameButOwn(picked, marked, 0)).toBe(false);
  });

  it('takes what our own try made, also where the old number is gone then', () => {
    const own = list(row('3', { image: 'a' }), row('2', { image: 'b' }));
    expect(isSameButOwn(picked, own, 1)).toBe(true);
    expect(isSameButOwn(picked, own, 0)).toBe(false);
  });
});

describe('runsChosen', () => {
  it('is not met by nothing, nor by a part of it', () => {
    const chosen = { image: 'a', label: '1' };
    expect(runsChosen([], chosen).met).toBe(false);
    expect(runsChosen([{ image: 'a' }, { image: 'b' }], chosen).met).toBe(false);
    expect(runsChosen([{ image: 'a' }, { image: 'a' }], chosen).met).toBe(true);
  });
});

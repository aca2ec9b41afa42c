import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatesIn } from '#shared/incident/candidates.ts';

const found = (text: string): readonly string[] =>
  candidatesIn(text.split('\n')).found.map(({ name, value }) => (name === '' ? value : `${name}=${value}`));

describe('values to pick from an output', () => {
  it('takes the cells below the titles of a table, also where one is left out', () => {
    expect(
      found('NAME       READY   STATUS    AGE\nshop-1     1/1     Running   3d\nshop-2             Pending   1m'),
    ).toEqual(['NAME=shop-1', 'READY=1/1', 'STATUS=Running', 'AGE=3d', 'NAME=shop-2', 'STATUS=Pending', 'AGE=1m']);
  });

  it('takes tables with tabs, and those of psql with bars', () => {
    expect(found('REVISION\tAPP VERSION\n2\t1.1')).toEqual(['REVISION=2', 'APP VERSION=1.1']);
    expect(found(' id | name\n----+------\n  7 | night one\n(1 row)')).toEqual(['id=7', 'name=night one', '(1 row)']);
  });

  it('takes rows without titles, and lines', () => {
    expect(found('=== shop Releases\nv102  Deploy 1a2b3c  amy@example.com')).toEqual([
      '=== shop Releases',
      'v102',
      'Deploy 1a2b3c',
      'amy@example.com',
    ]);
    expect(found('\n  pod/shop-1\npod/shop-2\n')).toEqual(['pod/shop-1', 'pod/shop-2']);
  });

  it('takes the texts and numbers of JSON with their paths, pretty, on one line, or one value a line', () => {
    const value = { items: [{ id: 7, 'a.b': 'x "y"', up: true }, { id: 8 }] };
    const all = ['items[0].id=7', 'items[0]["a.b"]=x "y"', 'items[1].id=8'];
    expect(found(JSON.stringify(value))).toEqual(all);
    expect(found(JSON.stringify(value, null, 2))).toEqual(all);
    expect(found('{"Tag":"2.0.1"}\n{"Tag":"2.0.2"}')).toEqual(['Tag=2.0.1', 'Tag=2.0.2']);
    expect(found('{"id":12345678901234567890}')).toEqual(['id=12345678901234567890']);
    expect(found('[warn] not JSON')).toEqual(['[warn] not JSON']);
  });

  it('offers nothing that was redacted, hides a character, or is too long', () => {
    expect(found(`token=[redacted]\nx⟨U+202E⟩y\n${'a'.repeat(300)}\nfine`)).toEqual(['fine']);
  });

  it('searches the beginning of a huge output, and says so', () => {
    const lines = Array.from({ length: 100_000 }, (_, n) => `line-${n}`);
    const { found: some, all } = candidatesIn(lines);
    expect({ some: some.length, all }).toEqual({ some: 500, all: false });
    const json = JSON.stringify(
      Array.from({ length: 5_000 }, (_, id) => ({ id })),
      null,
      1,
    ).split('\n');
    expect(candidatesIn(json).found[0]).toMatchObject({ name: '[0].id', value: '0' });
    expect(candidatesIn([`["${'x'.repeat(300_000)}"]`])).toEqual({ found: [], all: false });
  });

  it('stands where it says, whatever was printed', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (lines) => {
        const { found: all } = candidatesIn(lines);
        for (const { line, from, to, value, name } of all)
          if (name === '') expect(lines[line]?.slice(from, to)).toBe(value);
        for (const [index, { line, from }] of all.entries())
          if (all[index - 1]?.line === line) expect(from).toBeGreaterThanOrEqual(all[index - 1]?.to ?? 0);
      }),
    );
  });

  it('gives back every text of any JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string({ maxLength: 20 }), fc.integer())), (object) => {
        const wanted = Object.values(object).map(String);
        const values = candidatesIn([JSON.stringify(object)]).found.map(({ value }) => value);
        expect(values).toEqual(wanted.filter((text) => text !== '' && !/[\r\n\0]/.test(text)));
      }),
    );
  });
});

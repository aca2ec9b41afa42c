import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RollbookError } from '#shared/api/result.ts';
import { canonical } from '#shared/incident/canonical-json.ts';

/** The same value with the keys of every object written in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 code units and adds nothing', () => {
    const text = canonical({ b: [1, 'x', null], a: { z: true, y: -0 }, '\u{1F600}': 1, '\uFB33': 2 });
    expect(text).toBe('{"a":{"y":0,"z":true},"b":[1,"x",null],"\u{1F600}":1,"\uFB33":2}');
  });

  it('prints numbers as ECMAScript does (RFC 8785, 3.2.2.3)', () => {
    expect(canonical([1e30, 4.5, 0.002, 1e-27, 333333333.3333333])).toBe('[1e+30,4.5,0.002,1e-27,333333333.3333333]');
  });

  it('does not depend on the order keys were written in', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(canonical(reversed(value))).toBe(canonical(value));
      }),
    );
  });

  it('is JSON of the same value, and stays the same when written again', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = canonical(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonical(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('gives different texts to different values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const same = JSON.stringify(reversed(one)) === JSON.stringify(reversed(other));
        if (canonical(one) === canonical(other))
          expect(JSON.parse(canonical(one))).toEqual(JSON.parse(canonical(other)));
        else expect(same).toBe(false);
      }),
    );
  });

  it('keeps a lone surrogate as an escape and objects without a prototype', () => {
    expect(canonical('cut \ud83d')).toBe('"cut \\ud83d"');
    expect(canonical(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}');
  });

  const loop: Record<string, unknown> = {};
  loop['self'] = loop;
  it.each([
    ['undefined', { a: undefined }, '$.a'],
    ['NaN', { a: [1, Number.NaN] }, '$.a[1]'],
    ['infinity', Number.NEGATIVE_INFINITY, '$'],
    ['a function', { go: () => 1 }, '$.go'],
    ['a symbol', [Symbol('s')], '$[0]'],
    ['a bigint', { n: 1n }, '$.n'],
    ['a hole', Array<number>(2), '$[0]'],
    ['a Date', { at: new Date(0) }, '$.at'],
    ['a Map', { m: new Map() }, '$.m'],
    ['a cycle', loop, '$.self'],
  ])('refuses %s and names the place', (_name, value, place) => {
    const refuse = () => canonical(value);
    expect(refuse).toThrow(RollbookError);
    expect(refuse).toThrow(
      expect.objectContaining({ code: 'bad-arguments', message: expect.stringContaining(place) as string }),
    );
  });
});

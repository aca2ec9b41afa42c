/** One meaning for each letter, on every screen: a hand that has learned a key must not do something else elsewhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const MEANINGS: Readonly<Record<string, RegExp>> = {
  a: /readiness|check (?:everything )?again/i,
  b: /runbooks/i,
  c: /contacts/i,
  d: /declare/i,
  e: /export/i,
  f: /reference/i,
  g: /findings/i,
  h: /home/i,
  i: /log a call/i,
  j: /follow-ups/i,
  k: /put off the whole checklist/i,
  l: /checklist/i,
  m: /messages/i,
  n: /note/i,
  o: /objection/i,
  p: /report preview/i,
  q: /quick rollback/i,
  r: /drill/i,
  s: /status/i,
  t: /timeline/i,
  u: /in doubt/i,
  v: /severity/i,
  w: /runbook is wrong/i,
  x: /another way/i,
  y: /copy the message/i,
  z: /fill the gaps/i,
};

const RENDERER = new URL('../../../renderer', import.meta.url).pathname;

/** Letters and labels as the sources bind them. */
const bound = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .flatMap((path) =>
    [
      ...readFileSync(join(RENDERER, path), 'utf8').matchAll(
        /keys: '([A-Za-z])',\s+(?:label|screen: '\w+',\s+title): ['`]([^'`]*)/g,
      ),
    ].map(([, letter = '', label = '']) => ({ path, letter: letter.toLowerCase(), label })),
  );

it('finds the bindings', () => {
  expect(bound.length).toBeGreaterThan(25);
  expect(bound.map(({ letter }) => letter)).toEqual(expect.arrayContaining(['d', 'q', 'r', 'n', 't']));
});

it.each(bound)('$letter means "$label" everywhere ($path)', ({ letter, label }) => {
  expect(label).toMatch(MEANINGS[letter] ?? /^no meaning is listed$/);
});

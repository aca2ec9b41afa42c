import { createHash } from 'node:crypto';
import fs, { appendFileSync, mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { openOutputFile, type OutputFile } from '#core/runner/output/output-file.ts';
import { partsOf } from '#core/runner/output/output-parts.ts';
import { outputReader, type OutputReader } from '#core/runner/output/output-reader.ts';
import { redactor } from '#shared/redaction/redactor.ts';

import { newFolder } from './workbench.ts';

const SECRET = 'correct-horse-battery';
const SMALL = { head: 2_000, part: 1_000, parts: 3 };
const clock = { now: () => 1_794_450_000_000 };

const newFile = (): string => join(newFolder(), 'outputs', 'run-1.log');
const openFile = (file: string, limits = SMALL): OutputFile =>
  openOutputFile({ file, clock, redactor: redactor([SECRET]), limits });
/** Smaller limits than the product's, so that a file soon has several parts. */
const readerOf = (file: string): OutputReader => outputReader(file, partsOf);
const bytes = (text: string): Uint8Array => Buffer.from(text);
const storedIn = (file: string): Buffer => Buffer.concat(partsOf(file).map(({ path }) => readFileSync(path)));

describe('an output file', () => {
  it('holds redacted lines with stream and time, private to its owner', async () => {
    const file = newFile();
    const output = openFile(file);
    const lines = [
      ...output.append('stdout', bytes(`a ${SECRET.slice(0, 7)}`)),
      ...output.append('stderr', bytes('warn\n')),
      ...output.append('stdout', bytes(`${SECRET.slice(7)}\nlast`)),
      ...output.end(),
    ];
    expect(lines.map(({ n, stream, text }) => [n, stream, text])).toEqual([
      [0, 'stderr', 'warn'],
      [1, 'stdout', 'a [redacted]'],
      [2, 'stdout', 'last'],
    ]);
    const facts = await output.close();
    expect(await readerOf(file).readLines(0, 10)).toEqual(lines);
    expect(readFileSync(file, 'utf8')).toBe(
      'e 1794450000000 warn\no 1794450000000 a [redacted]\no 1794450000000 last\n',
    );
    expect(facts).toEqual({
      bytes: statSync(file).size,
      lines: 3,
      dropped: 0,
      sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
  });

  it('survives characters split over chunks and bytes that are no UTF-8', async () => {
    const file = newFile();
    const output = openFile(file);
    const text = bytes('\u00e9\u{1f680}');
    for (const byte of text) output.append('stdout', Uint8Array.of(byte));
    output.append('stdout', Uint8Array.of(0xff, 0x80, 0x0a, 0xe2, 0x82));
    output.end();
    await output.close();
    expect((await readerOf(file).readLines(0, 9)).map((line) => line.text)).toEqual([
      '\u00e9\u{1f680}\ufffd\ufffd',
      '\ufffd',
    ]);
  });

  it('can be read while it is written, any page of it', async () => {
    const file = newFile();
    const output = openFile(file, { head: 10_000_000, part: 1_000_000, parts: 3 });
    const reader = readerOf(file);
    expect(await reader.total()).toBe(0);
    for (let n = 0; n < 40_000; n += 1_000) {
      output.append('stdout', bytes(Array.from({ length: 1_000 }, (_, k) => `line ${n + k}\n`).join('')));
      expect(await reader.total()).toBe(n + 1_000);
    }
    for (const from of [0, 1, 999, 12_345, 39_999]) {
      expect((await reader.readLines(from, 3)).map(({ n, text }) => [n, text])).toEqual(
        [0, 1, 2]
          .map((k) => from + k)
          .filter((n) => n < 40_000)
          .map((n) => [n, `line ${n}`]),
      );
    }
    expect(await reader.readLines(40_000, 5)).toEqual([]);
    await output.close();
  });

  it('counts no line twice when several pages are asked for at the same time', async () => {
    const file = newFile();
    const output = openFile(file, { head: 10_000_000, part: 10_000_000, parts: 3 });
    output.append('stdout', bytes(Array.from({ length: 20_000 }, (_, k) => `line ${k}\n`).join('')));
    const reader = readerOf(file);
    const pages = await Promise.all([0, 500, 19_500, 0].map((from) => reader.readLines(from, 500)));
    expect(pages.map((page) => [page.length, page[0]?.text, page.at(-1)?.text])).toEqual([
      [500, 'line 0', 'line 499'],
      [500, 'line 500', 'line 999'],
      [500, 'line 19500', 'line 19999'],
      [500, 'line 0', 'line 499'],
    ]);
    expect(await reader.total()).toBe(20_000);
    await output.close();
  });

  it('of another run than its own nothing is looked at, however many there are; in parts all are found', async () => {
    const file = newFile();
    const many = openOutputFile({ file, clock, redactor: redactor([]) });
    many.append('stdout', bytes('one line\n'));
    await many.close();
    let listed = 0;
    const own = fs.readdirSync;
    const counted = (...args: Parameters<typeof own>) => {
      listed += 1;
      return own(...args);
    };
    Object.assign(fs, { readdirSync: counted });
    syncBuiltinESMExports();
    try {
      const again = openOutputFile({ file, clock, redactor: redactor([]) });
      again.append('stdout', bytes('and another\n'));
      await again.close();
      const reader = outputReader(file);
      expect((await reader.readLines(0, 9)).map(({ text }) => text)).toEqual(['one line', 'and another']);
      expect(await reader.total()).toBe(2);
      expect(listed).toBe(0);
    } finally {
      Object.assign(fs, { readdirSync: own });
      syncBuiltinESMExports();
    }
    const long = openOutputFile({ file, clock, redactor: redactor([]) });
    const chunk = bytes(`${'x'.repeat(1_023)}\n`.repeat(1_024));
    for (let n = 0; n < 20; n += 1) long.append('stdout', chunk);
    const facts = await long.close();
    expect(partsOf(file).length).toBeGreaterThan(1);
    expect(facts.sha256).toBe(createHash('sha256').update(storedIn(file)).digest('hex'));
    expect(await outputReader(file).total()).toBe(2 + 20 * 1_024);
  }, 60_000);

  it('drops from the middle only, never the beginning or the end', async () => {
    const file = newFile();
    const output = openFile(file);
    for (let n = 0; n < 1_000; n += 1) output.append('stdout', bytes(`line ${n}\n`));
    const facts = await output.close();
    const all = await readerOf(file).readLines(0, 5_000);
    expect(facts.lines).toBe(1_000);
    expect(facts.bytes).toBe(storedIn(file).length);
    expect(facts.bytes).toBeLessThanOrEqual(SMALL.head + SMALL.part * SMALL.parts);
    expect(facts.bytes + facts.dropped).toBe(
      Array.from({ length: 1_000 }, (_, n) => `o 1794450000000 line ${n}\n`).join('').length,
    );
    expect(facts.sha256).toBe(createHash('sha256').update(storedIn(file)).digest('hex'));
    expect(all.every(({ n, text }) => text === `line ${n}`)).toBe(true);
    expect(all[0]?.n).toBe(0);
    expect(all.at(-1)?.n).toBe(999);
    expect(await readerOf(file).total()).toBe(1_000);
    const gap = all.findIndex(({ n }, k) => n !== k);
    expect((await readerOf(file).readLines(gap, 1))[0]?.n).toBe(all[gap]?.n);
  });

  it('gives every line once and in order, however it came and whatever pages are asked', async () => {
    const chunk = fc.tuple(
      fc.constantFrom('stdout' as const, 'stderr' as const),
      fc.array(fc.constantFrom('a', 'bc', '\n', '\r\n', '\u20ac', ' ')).map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(chunk), fc.integer({ min: 1, max: 7 }), async (chunks, page) => {
        const file = newFile();
        const output = openFile(file, { head: 200, part: 100, parts: 1_000 });
        const lines = [...chunks.flatMap(([stream, text]) => output.append(stream, bytes(text))), ...output.end()];
        await output.close();
        const reader = readerOf(file);
        const read = [];
        for (let from = 0; from < lines.length; from += page) read.push(...(await reader.readLines(from, page)));
        expect(read).toEqual(lines);
      }),
      { numRuns: 60 },
    );
  });

  it('torn by a crash is read as far as it goes, and goes on behind that', async () => {
    const file = newFile();
    const first = openFile(file);
    first.append('stdout', bytes('one\ntwo\n'));
    appendFileSync(file, 'o 1794450000000 tor');
    expect((await readerOf(file).readLines(0, 9)).map(({ text }) => text)).toEqual(['one', 'two', 'tor']);
    const second = openFile(file);
    expect(second.firstLine).toBe(3);
    expect(second.append('stdout', bytes('after\n'))).toMatchObject([{ n: 3, text: 'after' }]);
    await second.close();
    expect((await readerOf(file).readLines(0, 9)).map(({ n, text }) => [n, text])).toEqual([
      [0, 'one'],
      [1, 'two'],
      [2, 'tor'],
      [3, 'after'],
    ]);
  });

  it('cuts a line that never ends into marked pieces', async () => {
    const file = newFile();
    const output = openFile(file, { head: 10_000_000, part: 1_000_000, parts: 3 });
    for (let n = 0; n < 30; n += 1) output.append('stdout', bytes('word '.repeat(2_000)));
    output.end();
    await output.close();
    const lines = await readerOf(file).readLines(0, 99);
    expect(lines.map(({ text }) => text).join('')).toBe('word '.repeat(60_000));
    expect(lines.map(({ cut }) => cut)).toEqual([true, true, true, true, false]);
  });

  it('that cannot be written says why and still gives the lines', async () => {
    const blocked = join(newFolder(), 'file');
    writeFileSync(blocked, '');
    const output = openFile(join(blocked, 'run-1.log'));
    expect(output.append('stdout', bytes('seen\n'))).toMatchObject([{ n: 0, text: 'seen' }]);
    expect(output.problem).toContain(blocked);
    expect(await output.close()).toMatchObject({ bytes: 0, lines: 1, dropped: 'o 1794450000000 seen\n'.length });
  });

  it('that cannot go on keeps what it has whole, and never throws', async () => {
    const file = newFile();
    const output = openFile(file, { head: 40, part: 40, parts: 3 });
    output.append('stdout', bytes('fits\n'));
    // A folder has the name of the next part.
    mkdirSync(`${file}.000000000001`);
    expect(output.append('stdout', bytes('does not fit any more\n'))).toMatchObject([{ n: 1 }]);
    expect(output.append('stdout', bytes('nor does this\n'))).toMatchObject([{ n: 2 }]);
    expect(output.problem).toContain('EISDIR');
    rmdirSync(`${file}.000000000001`);
    expect(await output.close()).toMatchObject({ lines: 3, bytes: readFileSync(file).length });
    expect((await readerOf(file).readLines(0, 9)).map(({ text }) => text)).toEqual(['fits']);
  });
});

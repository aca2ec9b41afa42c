import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { PIECE_MAX, type RedactedLine, RedactedLines } from '#shared/redaction/redacted-lines.ts';
import { redactor } from '#shared/redaction/redactor.ts';

const SECRET = 'correct-horse-battery';
const TOKEN = `sbp_${'0123456789abcdef'.repeat(2)}01234567`;

function linesOf(chunks: readonly string[], secrets: readonly string[] = [SECRET]): readonly RedactedLine[] {
  const lines = new RedactedLines(redactor(secrets));
  return [...chunks.flatMap((chunk) => lines.push(chunk)), ...lines.end()];
}

/** The text cut at any places. */
const cutUp = (text: string): fc.Arbitrary<readonly string[]> =>
  fc.array(fc.nat(text.length), { maxLength: 12 }).map((cuts) => {
    const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
    return at.slice(1).map((end, n) => text.slice(at[n], end));
  });

describe('lines of a stream', () => {
  it('hide a secret however the stream is cut', () => {
    const text = `one ${SECRET}\r\ntwo ${TOKEN} end\nPGPASSWORD=hunter2 psql\rno newline ${SECRET}`;
    fc.assert(
      fc.property(cutUp(text), (chunks) => {
        expect(linesOf(chunks).map((line) => line.text)).toEqual([
          'one [redacted]',
          'two [redacted] end',
          'PGPASSWORD=[redacted] psql',
          'no newline [redacted]',
        ]);
      }),
    );
  });

  it('are the same however the stream is cut', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', ' ', '\n', '\r', '\r\n', '\u{1f680}', 'token=x', SECRET))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        text.chain((whole) => fc.tuple(fc.constant(whole), cutUp(whole))),
        ([whole, chunks]) => {
          expect(linesOf(chunks)).toEqual(linesOf([whole]));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('without secrets come out as they went in', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z 0-9]{0,20}$/)), fc.constantFrom('\n', '\r\n'), (texts, end) => {
        expect(linesOf([texts.map((text) => text + end).join('')]).map(({ text }) => text)).toEqual(texts);
      }),
    );
  });

  it('hide the body of a private key that arrives line by line', () => {
    const chunks = [
      'a\n-----BEGIN OPENSSH PRIV',
      'ATE KEY-----\n',
      'b3BlbnNzaC1rZXktdjEA\n',
      'AAAAB3Nz\n-----END OPENSSH PRIVATE KEY-----\n',
      'b\n',
    ];
    expect(linesOf(chunks).map(({ text }) => text)).toEqual([
      'a',
      '[redacted]',
      '[redacted]',
      '[redacted]',
      '[redacted]',
      'b',
    ]);
  });

  it('that may be parts of one key wait for the line behind them, some of them at most', () => {
    const part = (n: number): string => `aB3dE6gH9jK2mN5pQ8s${n % 10}`;
    const lines = new RedactedLines(redactor([]));
    expect(lines.push('before\n').map(({ text }) => text)).toEqual(['before']);
    expect(lines.push(`${part(1)}\n`)).toEqual([]);
    expect(lines.push('after\n').map(({ text }) => text)).toEqual([part(1), 'after']);
    const many = Array.from({ length: 40 }, (_none, n) => `${part(n)}\n`);
    expect(many.flatMap((line) => lines.push(line)).length).toBeGreaterThan(25);
    expect(lines.push(`x ${part(2)}\n`).length + lines.end().length).toBeLessThan(16);
  });

  it('too long to hold are cut in marked pieces that give the line again', () => {
    const text = 'word '.repeat(60_000);
    const chunks = text.match(/[^]{1,7000}/g) ?? [];
    const lines = linesOf([...chunks, '\nnext\n']);
    expect(
      lines
        .slice(0, -1)
        .map((line) => line.text)
        .join(''),
    ).toBe(text);
    expect(lines.map(({ cut }) => cut)).toEqual([...lines.slice(2).map(() => true), false, false]);
    expect(Math.max(...lines.map((line) => line.text.length))).toBeLessThanOrEqual(PIECE_MAX);
    expect(lines.at(-1)).toEqual({ text: 'next', cut: false });
  });

  it('hide a secret that lies across the place of a cut', () => {
    for (let shift = 0; shift < SECRET.length; shift += 3) {
      const text = `${'x '.repeat(PIECE_MAX / 2).slice(0, PIECE_MAX - shift)}${SECRET}${' y'.repeat(40_000)}`;
      const clean = linesOf(text.match(/[^]{1,5000}/g) ?? [])
        .map((line) => line.text)
        .join('');
      expect(clean).not.toContain('horse');
      expect(clean).toContain('[redacted]');
    }
  });

  it('never let out a token longer than everything they hold back', () => {
    const lines = linesOf([`fm2_${'Ab3'.repeat(100_000)}`.match(/[^]{1,9000}/g) ?? [], ' after\n'].flat());
    expect(lines.map(({ text }) => text).join('')).toBe('[redacted] after');
  });
});

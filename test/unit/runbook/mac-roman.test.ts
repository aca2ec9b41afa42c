import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairSymbols } from '#shared/runbook/parser/decode.ts';

/** MacRoman as every encoder knows it, so that the table in the parser is held against another source. */
const decoder = new TextDecoder('macintosh');
const damage = (text: string): string => decoder.decode(new TextEncoder().encode(text));

describe('symbols damaged by a MacRoman reading', () => {
  it.each([
    '🚨 ROLLBACK',
    '⚠️ DANGER',
    '🔧',
    '✅',
    '📸',
    '⏮️',
    '🏥',
    '📝',
    '🔍',
    '→ next',
    'a — b',
    '“quoted”',
    '≥ 5',
    '🚨 café naïve',
  ])('%s', (text) => {
    expect(repairSymbols(damage(text)).text).toBe(text);
    expect(repairSymbols(damage(text)).count).toBeGreaterThan(0);
  });

  it.each([
    'café, naïve, Zürich',
    '“école” «été» ‘œuf’',
    '√π ≈ 1,77',
    'über ‚Öl‘',
    '¬p ∨ q',
    '🚨 ✅ intact',
    '† ‡ § ¶',
    'ÜÖÄ üöä',
    '\uF8FF Apple',
  ])('leaves genuine text alone: %s', (text) => {
    expect(repairSymbols(text)).toEqual({ text, count: 0 });
  });

  it('comes back whole for every text of symbols, and does nothing twice', () => {
    const symbols = fc.string({ unit: fc.constantFrom('🚨', '✅', '⚠️', '—', 'a', ' ', '\n', '🔧'), minLength: 1 });
    fc.assert(
      fc.property(symbols, (text) => {
        const once = repairSymbols(damage(text)).text;
        expect(once).toBe(text);
        expect(repairSymbols(once)).toEqual({ text, count: 0 });
      }),
    );
  });

  it('never touches plain ASCII or Latin letters', () => {
    const latin = fc.string({
      unit: fc.constantFrom(...Array.from('abc \n.äöüÄÖÜßéèêàçñåøæ'), '“', '”', '«', '»', '…', '–'),
    });
    fc.assert(
      fc.property(latin, (text) => {
        expect(repairSymbols(text)).toEqual({ text, count: 0 });
      }),
    );
  });
});

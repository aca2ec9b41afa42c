import { describe, expect, it } from 'vitest';
import { found, preselected } from '../../../renderer/app/palette-search.ts';

const entries = ['Stop', 'Add a note', 'Another way', 'Report preview', 'Reference', 'Contacts', 'Readiness'].map(
  (label) => ({ label, careful: label === 'Stop' }),
);
const labels = (query: string): readonly string[] => found(entries, query).map(({ label }) => label);

describe('the palette', () => {
  it('keeps the order of what is offered while nothing is typed', () => {
    expect(labels('')).toEqual(entries.map(({ label }) => label));
  });

  it('finds by the beginning of a word first, then by any part', () => {
    expect(labels('re')[0]).toBe('Report preview');
    expect(labels('re')).toContain('Readiness');
    expect(labels('ference')).toEqual(['Reference']);
    expect(labels('way an')).toEqual(['Another way']);
  });

  it.each([
    ['repotr', 'Report preview'],
    ['contcats', 'Contacts'],
    ['readines', 'Readiness'],
    ['refrence', 'Reference'],
    ['anohter', 'Another way'],
  ])('finds "%s" with a typo', (typed, label) => {
    expect(labels(typed)[0]).toBe(label);
  });

  it('finds nothing for another word, nor for three letters with a typo', () => {
    expect(labels('kubernetes')).toEqual([]);
    expect(labels('nto')).toEqual([]);
  });

  it('never preselects Stop', () => {
    expect(preselected(entries)).toBe(1);
    expect(preselected(found(entries, 'stop'))).toBe(-1);
    expect(preselected([])).toBe(-1);
  });
});

import { describe, expect, it } from 'vitest';
import { distinctTitles } from '#shared/runbook/distinct-titles.ts';

const titles = (...runbooks: readonly (readonly [name: string, title: string])[]): readonly string[] => [
  ...distinctTitles(runbooks.map(([name, title], index) => ({ hash: `${index}`.repeat(64), name, title }))).values(),
];

describe('the titles of several runbooks', () => {
  it('are left alone when they differ', () => {
    expect(titles(['bundled', 'HotDash'], ['/a/pier.md', 'Pier'])).toEqual(['HotDash', 'Pier']);
  });

  it('name the file when two are the same', () => {
    expect(titles(['/a/old.md', 'Pier'], ['/a/new.md', 'Pier'], ['/a/x.md', 'Dock'])).toEqual([
      'Pier (old.md)',
      'Pier (new.md)',
      'Dock',
    ]);
  });

  it('name the folder too when the files have the same name', () => {
    expect(titles(['/a/live/r.md', 'Pier'], ['/a/test/r.md', 'Pier'])).toEqual([
      'Pier (live/r.md)',
      'Pier (test/r.md)',
    ]);
    expect(titles(['bundled', 'Pier'], ['/a/test/r.md', 'Pier'])).toEqual(['Pier (bundled)', 'Pier (r.md)']);
  });

  it('are left alone for two contents of one file: those are marked as reviewed or changed', () => {
    expect(titles(['/a/r.md', 'Pier'], ['/a/r.md', 'Pier'])).toEqual(['Pier', 'Pier']);
  });
});

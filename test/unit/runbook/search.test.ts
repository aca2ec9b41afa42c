import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { searchRunbook } from '#shared/runbook/search.ts';
import { bundled } from './fixtures.ts';

const { model, source } = parseRunbook(bundled(), 'hotdash.md');
const ids = (query: string): readonly string[] => searchRunbook(model, source, query).map(({ sectionId }) => sectionId);

describe('searching a runbook', () => {
  it('finds titles before text', () => {
    expect(ids('escalation')).toEqual(['emergency-contact']);
    expect(ids('maintenance mode')[0]).toBe('option-4-maintenance-mode');
    expect(ids('drill')[0]).toBe('drill-schedule');
    expect(ids('database')[0]).toBe('option-2-database-rollback');
  });

  it('finds a whole word before a part of another one, and shows its line', () => {
    const text = [
      '# Book',
      '## History of October',
      'October 12: written',
      '## Contacts',
      'In October: Ann',
      'The CTO',
    ].join('\n');
    const parsed = parseRunbook(text, 'book.md');
    const hits = searchRunbook(parsed.model, parsed.source, 'CTO');
    expect(hits.map(({ title, excerpt }) => [title, excerpt])).toEqual([
      ['Contacts', 'The CTO'],
      ['History of October', 'October 12: written'],
    ]);
    expect(searchRunbook(model, source, 'CTO')[0]).toMatchObject({ title: 'Emergency contact', group: 'contact' });
  });

  it('titles a hit with its procedure', () => {
    const titles = searchRunbook(model, source, 'steps').map(({ title }) => title);
    expect(titles).toContain('Option 1: Application rollback: Steps');
    expect(titles).toContain('Option 2: Database rollback: Steps');
    expect(new Set(titles).size).toBe(titles.length);
    expect(searchRunbook(model, source, 'option 1')[0]?.title).toBe('Option 1: Application rollback');
  });

  it('wants every word, in any case and order', () => {
    expect(ids('CHATWOOT approvals')).toContain('steps');
    expect(ids('chatwoot zebra')).toEqual([]);
    expect(ids('   ')).toEqual([]);
  });

  it('points at the line and shows it', () => {
    const [hit] = searchRunbook(model, source, '#hotdash-emergency');
    expect(hit).toEqual({
      group: 'contact',
      sectionId: 'emergency-contact',
      title: 'Emergency contact',
      line: source.split('\n').findIndex((line) => line.includes('#hotdash-emergency')) + 1,
      excerpt: 'Right now: Post in the Slack channel #hotdash-emergency',
    });
  });

  it('shortens long lines around the word', () => {
    const excerpt = searchRunbook(model, source, 'schema_migrations')[0]?.excerpt ?? '';
    expect(excerpt.length).toBeLessThanOrEqual(160);
    expect(excerpt).toContain('schema_migrations');
  });

  it('says whether a hit is a contact, a related document or the runbook itself', () => {
    const groups = (query: string) => searchRunbook(model, source, query).map(({ group }) => group);
    expect(groups('#hotdash-emergency')).toEqual(['contact']);
    expect(groups('LAUNCH_DAY_CHECKLIST')).toEqual(['document']);
    expect(new Set(groups('skip-release-command'))).toEqual(new Set(['section']));
  });

  it('looks for the first words of what is far too long', () => {
    expect(ids('escalation '.repeat(2_000))).toEqual(['emergency-contact']);
    expect(ids('escalation'.repeat(2_000))).toEqual([]);
  });

  it('takes what would be a pattern as words', () => {
    expect(ids('$SERVICE (.*) [')).toContain('pre-rollback-checklist');
    expect(ids('fly.toml')).not.toEqual([]);
  });
});

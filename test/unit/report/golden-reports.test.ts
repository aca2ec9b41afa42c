import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { byHandIncident, unhealthyDrill, verifiedDrill } from '../../fixtures/incident-stories.ts';
import { reportOf } from './report-of.ts';

const STORIES = {
  'verified-drill': verifiedDrill,
  'unhealthy-drill': unhealthyDrill,
  'by-hand-deferred-bypassed': byHandIncident,
} as const;

/** UPDATE_GOLDENS=1 writes them anew; then read the difference. */
describe('golden reports', () => {
  it.each(Object.entries(STORIES))('%s', (name, story) => {
    const file = new URL(`../../fixtures/reports/${name}.md`, import.meta.url);
    const markdown = reportOf(story().events);
    if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(file, markdown);
    expect(markdown).toBe(readFileSync(file, 'utf8'));
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { REPORT_STORIES } from '../../fixtures/all-report-stories.ts';
import { failedThenMitigated } from '../../fixtures/report-stories.ts';
import { jsonOf, reportOf } from './report-of.ts';

/** UPDATE_GOLDENS=1 writes them again; then review the difference. */
function golden(name: string, text: string): void {
  const file = new URL(`../../fixtures/reports/${name}`, import.meta.url);
  if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

describe('golden reports', () => {
  it.each(REPORT_STORIES)('%s', (name, story, runbook) => {
    golden(`${name}.md`, reportOf(story().events, runbook));
  });

  it('failed-then-mitigated as JSON', () => {
    golden('failed-then-mitigated.json', `${JSON.stringify(jsonOf(failedThenMitigated().events), null, 2)}\n`);
  });

  it.each(REPORT_STORIES)('%s says in JSON nothing that the Markdown does not say', (_name, story, runbook) => {
    const markdown = plain(reportOf(story().events, runbook));
    const unsaid = textsIn(jsonOf(story().events, runbook)).filter((text) => !markdown.includes(plain(text)));
    expect(unsaid).toEqual([]);
  });

  it('says in JSON what an entry of the appendix says, number by number', () => {
    const events = failedThenMitigated().events;
    expect(jsonOf(events).timeline.map(({ seq }) => seq)).toEqual(events.map(({ seq }: IncidentEvent) => seq));
  });
});

/** Neither escapes nor line breaks count. */
const plain = (text: string): string =>
  text
    .replace(/\\(?=[^\w\s])/g, '')
    .replace(/\s+/g, ' ')
    .toLowerCase();

/**
 * Names of the form and moments, which the Markdown writes in another way, are left out. So are excerpts: first-page.test.ts
 * has what is printed of them.
 */
const OF_THE_FORM = new Set([
  'format',
  'kind',
  'id',
  'itemId',
  'commandId',
  'checkId',
  'stepId',
  'messageId',
  'runId',
  'debt',
  'verdict',
  'code',
  'generator',
  'mode',
  'procedureId',
  'serverVersion',
  'status',
  'excerpt',
]);
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

function textsIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') {
    if (value.trim() === '' || OF_THE_FORM.has(key) || MOMENT.test(value)) return [];
    return value.split('\n').filter((line) => line.trim() !== '');
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, each]) => textsIn(each, Array.isArray(value) ? key : name));
}

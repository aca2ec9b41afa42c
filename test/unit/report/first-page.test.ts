/** What the main part of the report says, and that it says it once. */
import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '#shared/incident/event.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { DETECTED_AT, IncidentEvents } from '../../fixtures/incident-events.ts';
import { byHandIncident, unhealthyDrill, verifiedDrill } from '../../fixtures/incident-stories.ts';
import { BUNDLED, fullSystemDrill, maintenanceDrill, stopDrill } from '../../fixtures/procedure-stories.ts';
import { DATABASE_RUNBOOK, databaseIncident } from '../../fixtures/report-stories.ts';
import { RUNBOOK, STEPS } from '../../fixtures/runbook-model.ts';
import { briefOf, jsonOf, reportOf } from './report-of.ts';

const mainOf = (markdown: string): string => markdown.split('\n## Appendix A')[0] ?? '';
const sectionOf = (markdown: string, title: string): string =>
  markdown.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

const STORIES: readonly (readonly [string, readonly IncidentEvent[], Runbook])[] = [
  ['application', verifiedDrill().events, RUNBOOK],
  ['database', databaseIncident().events, DATABASE_RUNBOOK],
  ['full system', fullSystemDrill().events, BUNDLED],
  ['maintenance', maintenanceDrill().events, BUNDLED],
  ['stop', stopDrill().events, BUNDLED],
];

describe.each(STORIES)('the first page of the report: %s', (_name, events, runbook) => {
  const markdown = reportOf(events, runbook);
  const main = mainOf(markdown);

  it('has at most 140 lines, with the labels of the template in their order', () => {
    expect(main.split('\n').length).toBeLessThanOrEqual(140);
    const labels = ['**Severity**', '**Duration**', '**Impact**', '## Timeline', '## Root Cause', '## Resolution'];
    const rest = ['## Lessons Learned', '## Action Items', '## Decision and approvals', '## Proof'];
    const last = ['## Communications', '## Checklist', '## Follow-ups'];
    const places = [...labels, ...rest, ...last].map((label) => main.indexOf(`\n${label}`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('has a timeline of at most ten lines', () => {
    const lines = sectionOf(main, 'Timeline').match(/^- \d\d:\d\d:\d\d.*: ./gm) ?? [];
    expect(lines.length).toBeGreaterThanOrEqual(6);
    expect(lines.length).toBeLessThanOrEqual(10);
  });

  it('never says that nothing was proven, and gives no verdict as its own proof', () => {
    expect(sectionOf(main, 'Proof')).toMatch(/\| proven \|/);
    expect(main).not.toContain('The post-condition is met');
    expect(markdown).not.toContain('No post-condition was evaluated');
    expect(main).not.toContain('no release was put back');
  });

  it('tells no open question twice, and lists them at the end', () => {
    const open = Number(/^\*\*Open\*\*: (\d+) questions, listed at the end$/m.exec(main)?.[1]);
    expect(sectionOf(markdown, 'Open questions').match(/^- /gm)).toHaveLength(open);
    expect(markdown).not.toContain('To be completed');
  });

  it('escapes no address, and gives the date of a time only when it is another day', () => {
    expect(markdown).not.toMatch(/\\[:@]/);
    expect(main.replace(/^---[\s\S]*?\n---\n/, '').match(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g)).toBeNull();
  });

  it('is all of a brief report', () => {
    const brief = briefOf(events, runbook);
    expect(brief).not.toMatch(/Appendix|appendix|## Open questions/);
    expect(brief.split('\n').length).toBeLessThanOrEqual(main.split('\n').length + 1);
  });

  it('repeats no excerpt, and prints none of a read that succeeded', () => {
    const fences = [...markdown.matchAll(/```text\n([\s\S]*?)\n```/g)].map(([, text]) => text);
    expect(new Set(fences).size).toBe(fences.length);
    expect(fences.join('\n')).not.toContain('"Version": 10');
  });
});

describe('a full-system rollback', () => {
  const main = mainOf(reportOf(fullSystemDrill().events, BUNDLED));

  it('names every service and what it went back to', () => {
    expect(main).toContain(
      '**Severity**: P0, drill with simulated tools, on hotdash-agent-service, hotdash-llamaindex-mcp, hotdash-app',
    );
    expect(sectionOf(main, 'Resolution')).toContain(
      'hotdash-agent-service v10 → v9 (released again as v11), hotdash-llamaindex-mcp v5 → v4 (released again as v6), hotdash-app v5 → v4 (released again as v6).',
    );
    expect(sectionOf(main, 'Timeline')).toMatch(/^- 03:0\d:00: Deployed v10 of hotdash-agent-service by ann@hotdash/m);
  });

  it('proves each service by what was found there', () => {
    expect(sectionOf(main, 'Proof')).toContain(
      '| hotdash-app | v5 | v4 (released again as v6) | proven | 2 of 2 machines started, in every group. The health address answered 200 3 times in a row. |',
    );
  });

  it('says which way of the matrix row was chosen', () => {
    expect(sectionOf(main, 'Decision and approvals')).toMatch(
      /Option 3: Full system rollback, by amy at .* \(way 3 of 3/,
    );
    expect(main).not.toContain('leads to it');
  });

  it('counts the probes of the watch once', () => {
    expect(sectionOf(main, 'Proof')).toContain('6 of 6 probes bad until effective');
    expect(sectionOf(main, 'Proof')).toContain('**Watch**: 30 min, completed, 0 of 101 probes bad');
    expect(main).not.toContain('116');
  });

  it('calls no deploy of an earlier service tried or run again', () => {
    const outcomes = jsonOf(fullSystemDrill().events, BUNDLED).runs.map(({ outcome }) => outcome);
    expect(outcomes).toEqual(outcomes.map(() => 'verified'));
  });
});

describe('a database rollback', () => {
  it('has the rows before and after', () => {
    const main = mainOf(reportOf(databaseIncident().events, DATABASE_RUNBOOK));
    expect(sectionOf(main, 'Proof')).toContain('| Rows of public.approvals | 25 | 25 | the same | – |');
    expect(sectionOf(main, 'Resolution')).toContain('Migration 20251103030500 agent_approvals undone by');
  });
});

describe('a rollback that was not proven', () => {
  it('says so where it says what was put back', () => {
    expect(sectionOf(reportOf(unhealthyDrill().events), 'Resolution')).toContain(
      '(released again as v11), not proven.',
    );
  });
});

describe('the first line of the timeline', () => {
  it('is the deploy that the captured list of releases had, also when nobody chose a release', () => {
    const inService = { version: 10, user: 'ann@example.com', at: DETECTED_AT - 300_000 };
    const { events } = new IncidentEvents().add('evidence.captured', { ...CAPTURED, inService });
    expect(sectionOf(reportOf(events), 'Timeline')).toContain(
      '- 03:07:00: Deployed v10 by ann@example.com\n- 03:12:00',
    );
  });
});

const CAPTURED = {
  evidenceId: '01K9E0000000000000000000EV',
  title: 'Releases at declare',
  shown: 'fly releases --json',
  path: 'outputs/01K9E0000000000000000000EV.log',
  bytes: 2,
  lines: 1,
  sha256: 'ee'.repeat(32),
  partial: false,
  why: '',
};

describe('the follow-ups', () => {
  it('name steps that were not done, people to tell and deferred items', () => {
    const { events } = new IncidentEvents()
      .add('procedure.chosen', { procedureId: 'application-rollback', reason: '' })
      .run({ runId: 'r', stepId: STEPS.deploy, commandId: 'c', effect: 'change', shown: 'fly deploy' });
    const section = sectionOf(reportOf(events), 'Follow-ups');
    expect(section).toContain('- [ ] Tell the team that a rollback was started (P0)');
    expect(section).toContain('Steps not done: Notify the team, Choose the release');
  });
});

describe('the first page says nothing for its own sake', () => {
  const failed = mainOf(reportOf(unhealthyDrill().events));

  it('names the step that decided the outcome, and tells its failed proof once', () => {
    expect(failed).toContain('**Outcome**: failed. Step "Deploy it": did not do what it was for.');
    expect(sectionOf(failed, 'Proof').match(/not proven/g)).toHaveLength(1);
    expect(sectionOf(failed, 'Proof')).not.toContain('| Deploy it |');
  });

  it('shows a path of severities only where it changed, and a way of the row only among several', () => {
    expect(failed).toContain('**Severity**: P0, drill');
    expect(failed).not.toContain('way 1 of 1');
    expect(mainOf(reportOf(stopDrill().events, BUNDLED))).toContain('way 1 of 3 in the matrix row');
  });

  it('counts deviations and defects only where there are some', () => {
    const byHand = mainOf(reportOf(byHandIncident().events));
    expect(byHand).toContain('6 deviations from the runbook (appendix F).');
    expect(byHand).not.toMatch(/\b0 defects/);
  });

  it('has no empty value above a list, and no due time for what is done', () => {
    expect(mainOf(reportOf(verifiedDrill().events))).toMatch(/^\*\*What went well\*\*:\n\n- /m);
    expect(sectionOf(mainOf(reportOf(stopDrill().events, BUNDLED)), 'Follow-ups')).not.toContain('no due time');
  });
});

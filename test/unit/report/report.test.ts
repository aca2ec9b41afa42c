import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fromLine } from '#shared/report/actions.ts';
import { REPORT_FIELDS } from '#shared/report/fields.ts';
import { visible } from '#shared/words/visible.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { BUNDLED, fullSystemDrill } from '../../fixtures/procedure-stories.ts';
import { byHandIncident, verifiedDrill } from '../../fixtures/incident-stories.ts';
import { jsonOf, reportOf } from './report-of.ts';

const frontMatterOf = (markdown: string): Record<string, unknown> =>
  parse(/^---\n([\s\S]*?)\n---\n/.exec(markdown)?.[1] ?? '') as Record<string, unknown>;

const declaredOnly = (title: string): string => reportOf(new IncidentEvents({ title }).events);

describe('report', () => {
  it('is the same for the same events', () => {
    expect(reportOf(verifiedDrill().events)).toBe(reportOf(verifiedDrill().events));
  });

  it('refuses an incident whose declaration is gone', () => {
    expect(() => reportOf(verifiedDrill().events.slice(1))).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(() => reportOf([])).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('has the team template’s headings word for word', () => {
    const markdown = declaredOnly('x');
    expect(markdown).toMatch(/^# Incident Report: 2026-11-03 03:12 UTC — x$/m);
    for (const key of ['Severity', 'Duration', 'Impact'])
      expect(markdown).toMatch(new RegExp(`^\\*\\*${key}\\*\\*: .`, 'm'));
    for (const title of ['Timeline', 'Root Cause', 'Resolution', 'Lessons Learned', 'Action Items']) {
      expect(markdown).toMatch(new RegExp(`^## ${title}$`, 'm'));
    }
  });

  it('asks for each empty field once, at the end, and invents nothing', () => {
    const markdown = declaredOnly('x');
    expect(markdown).toContain(`**Open**: ${REPORT_FIELDS.length + 1} questions, listed at the end`);
    const questions = markdown.split('\n## Open questions\n')[1] ?? '';
    for (const { title, question } of REPORT_FIELDS) expect(questions).toContain(`- ${title}: ${question}`);
    expect(questions.match(/^- /gm)).toHaveLength(REPORT_FIELDS.length + 1);
  });

  it('prints each field that was written', () => {
    const story = new IncidentEvents();
    for (const [index, { id }] of REPORT_FIELDS.entries())
      story.add('report.edited', { field: id, text: `answer number ${index}.` });
    story.add('action-item.set', ACTION);
    const markdown = reportOf(story.events);
    for (const index of REPORT_FIELDS.keys()) expect(markdown).toContain(`answer number ${index}.`);
    expect(markdown).not.toMatch(/\*\*Open\*\*|Open questions|^open$/m);
    expect(frontMatterOf(markdown)['report']).toBe('reviewed');
  });

  it('has the facts for other programs in the front matter', () => {
    expect(frontMatterOf(reportOf(verifiedDrill().events))).toMatchObject({
      kind: 'drill',
      status: 'closed',
      severity: 'P0',
      outcome: 'verified',
      duration: '2 min 41 s',
      met: true,
      generator: 'Rollbook 0.1.0',
    });
  });

  it.each(['--- \n---\nkind: live', 'a: b # c', '"', "'", '- x', '{', '&a *b', 'null', '1e3', '\u0000', '\ud800'])(
    'keeps the title %j a title in the front matter',
    (title) => {
      expect(frontMatterOf(declaredOnly(title))).toMatchObject({ title: visible(title), kind: 'live' });
    },
  );

  it('marks times by hand and shows both times of what was back-dated', () => {
    const markdown = reportOf(byHandIncident().events);
    expect(markdown).toContain('| 03:11:00 (manual), recorded 03:22:01 | -00:01:00 | amy | First customer mail |');
    expect(markdown).toContain('| 03:26:08 (manual) | +00:14:08 | amy | Run by hand');
    expect(markdown).toContain('- 03:12:00 (manual), recorded 03:22:00: Issue detected');
  });

  it('tells how many events were purged', () => {
    const { events } = verifiedDrill();
    expect(reportOf(events.filter((event) => event.seq !== 5 && event.seq !== 6))).toContain(
      'The contents of 2 events were purged',
    );
    expect(reportOf(events)).not.toContain('purged');
  });

  it('says which events could not be read, at its head and in appendix A', () => {
    const { events } = verifiedDrill();
    const damaged = [{ seq: 5, why: 'is missing' }];
    const others = events.filter(({ seq }) => seq !== 5);
    const markdown = reportOf(others, undefined, { purged: 0, damaged });
    expect(markdown).toContain('**Incomplete**: 1 stored event could not be read.');
    expect(markdown).toContain('Not in this report: event 5 is missing.');
    expect(markdown).not.toContain('purged');
    expect(reportOf(events)).not.toMatch(/Incomplete|Not in this report/);
  });

  it('says near its top that its timeline does not verify, and where', () => {
    const { events } = verifiedDrill();
    const problem = { seq: 7, what: 'The payload of event 7 was changed.' };
    const [top = ''] = reportOf(events, undefined, { problem }).split('\n## ');
    expect(top).toContain('**Not verified**: The timeline that this report is made from does not verify at event 7.');
    expect(reportOf(events)).not.toContain('Not verified');
  });

  it('gives a fresh undo command when the one that was run does not name the image', () => {
    const events = byHandIncident().events.map((event) =>
      event.kind === 'run.by-hand' && event.payload !== null
        ? { ...event, payload: { ...event.payload, shown: 'make rollback' } }
        : event,
    );
    expect(reportOf(events)).toContain(
      'fly deploy --image registry.fly.io/hotdash-agent-service:deployment-0010 --app hotdash-agent-service --remote-only',
    );
  });

  it('gives for each of several services the undo that its card showed', () => {
    const markdown = reportOf(fullSystemDrill().events, BUNDLED);
    for (const app of ['hotdash-agent-service', 'hotdash-llamaindex-mcp', 'hotdash-app'])
      expect(markdown).toMatch(
        new RegExp(
          `^fly deploy -a ${app} --image registry\\.fly\\.io/${app}:deployment-\\d+ .*--wait-timeout 3m --yes$`,
          'm',
        ),
      );
  });

  it('promises no undo when nothing was deployed', () => {
    expect(declaredOnly('x')).toContain('so there is nothing to undo');
    expect(declaredOnly('x')).not.toContain('```sh');
  });

  it('cuts long cells and lines of output, and says by how much', () => {
    const story = new IncidentEvents().run({
      runId: 'r',
      stepId: 's',
      commandId: 's#1',
      effect: 'change',
      shown: `echo ${'x'.repeat(10_000)}`,
      excerpt: 'y'.repeat(10_000),
    });
    const markdown = reportOf(story.events);
    expect(markdown).toContain('… (9605 more characters)`');
    expect(markdown).toContain('… (8000 more characters)\n```');
    // The appendix keeps the whole sentence.
    expect(markdown).toContain('x'.repeat(10_000));
  });
});

const ACTION = {
  itemId: 'a-1',
  what: 'Alert on 503',
  type: 'detect',
  owner: 'Amy',
  due: '2026-12-01',
  priority: 'high',
  link: 'https://example.com/17',
  done: false,
} as const;

describe('action items', () => {
  it('are tasks with type, owner, due, priority and link; a missing owner or due day is named', () => {
    const story = new IncidentEvents()
      .add('action-item.set', ACTION)
      .add('action-item.set', {
        ...ACTION,
        itemId: 'a-2',
        what: 'x',
        type: null,
        owner: '',
        due: '',
        priority: null,
        link: '',
      })
      .add('action-item.set', { ...ACTION, itemId: 'a-3', what: 'gone' })
      .add('action-item.removed', { itemId: 'a-3', reason: '' })
      .add('action-item.set', { ...ACTION, done: true });
    const markdown = reportOf(story.events);
    expect(markdown).toContain(
      '- [x] **Alert on 503** | type: detect | owner: Amy | due: 2026-12-01 | priority: high | <https://example.com/17>\n' +
        '- [ ] **x** | no owner and no due day\n',
    );
    expect(markdown).not.toContain('**gone**');
  });

  it.each([
    [
      'a | detect | Amy | Friday | #12',
      { what: 'a', type: 'detect', owner: 'Amy', due: 'Friday', link: '#12', done: false },
    ],
    ['[x] a', { what: 'a', type: null, owner: '', done: true }],
    ['[ ] a | | Bo', { what: 'a', type: null, owner: 'Bo', done: false }],
  ])('reads %j as older reports had it', (line, expected) => {
    expect(fromLine(line, 'text-1')).toMatchObject(expected);
  });

  it('links web addresses and nothing else', () => {
    for (const link of ['javascript:alert(1)', 'https://a b', 'https://x) <script>']) {
      const markdown = reportOf(new IncidentEvents().add('action-item.set', { ...ACTION, link }).events);
      expect(markdown).not.toMatch(/\]\((javascript|https):/);
      expect(markdown).not.toContain(`<${link}>`);
    }
  });
});

describe('runbook defects', () => {
  it('are a unified diff against the pinned text, from the bottom up', () => {
    const story = new IncidentEvents()
      .add('runbook.defect', {
        stepId: 's',
        line: 2,
        was: 'line 2 of the runbook',
        becomes: 'two\nand a half',
        comment: 'wrong',
      })
      .add('runbook.defect', {
        stepId: 's',
        line: 9,
        was: 'line 9 of the runbook',
        becomes: '',
        comment: 'no such command',
      })
      .add('runbook.defect', {
        stepId: 's',
        line: 5,
        was: 'line 5 of the runbook',
        becomes: 'line 5 of the runbook',
        comment: 'unclear',
      });
    const markdown = reportOf(story.events);
    expect(markdown).toContain(['-line 2 of the runbook', '+two', '+and a half', ' line 3 of the runbook'].join('\n'));
    expect(markdown).toContain(' line 8 of the runbook\n-line 9 of the runbook\n line 10 of the runbook');
    expect(markdown).toMatch(/^\| 5 +\| s +\| unclear \| to be written \|/m);
  });
});

describe('the decision record', () => {
  it('names the rows and the fix forward that were chosen, in both forms', () => {
    const row = {
      condition: 'Small fault',
      action: 'Fix forward',
      targetText: 'Next release',
      targetMs: null,
      line: 22,
    };
    const { events } = new IncidentEvents()
      .add('row.chosen', { row, reason: 'only the footer' })
      .add('fix-forward.chosen', { reason: 'a release is due at noon' });
    const markdown = reportOf(events);
    expect(markdown).toContain('**Matrix row changed**: Small fault → Fix forward, Next release');
    expect(markdown).toMatch(/Fix forward: nothing is rolled back \| chosen .* by amy \| a release is due at noon/);
    expect(jsonOf(events).decision).toMatchObject({
      rowChanges: [{ by: 'amy', row: { condition: 'Small fault' }, reason: 'only the footer' }],
      fixForward: [{ by: 'amy', reason: 'a release is due at noon' }],
    });
  });
});

describe('redactions', () => {
  it('are counted', () => {
    const story = new IncidentEvents().add('note.added', { text: 'token [redacted] and [redacted]', starred: true });
    expect(reportOf(story.events)).toContain('**Redactions**: 2 in the timeline');
    expect(frontMatterOf(reportOf(story.events))['redactions']).toBe(2);
  });
});

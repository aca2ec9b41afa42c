import { describe, expect, it } from 'vitest';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { verifiedDrill } from '../../fixtures/incident-stories.ts';
import { BUNDLED, fullSystemDrill } from '../../fixtures/procedure-stories.ts';
import { failedThenMitigated } from '../../fixtures/report-stories.ts';
import { htmlOfStory, pasteOf } from './report-of.ts';

describe('the report as one HTML file', () => {
  const html = htmlOfStory(verifiedDrill().events);

  it('loads and runs nothing, and its own policy would refuse it', () => {
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
    );
    expect(html).not.toMatch(/<(script|link|img|iframe|object|base)\b| src=| on\w+=|@import|url\((?!#picture-hatch)/i);
  });

  it('has the picture, headings, tables, boxes and links, and no Mermaid text', () => {
    expect(html).toMatch(/<svg [^>]*role="img"/);
    for (const title of ['Timeline', 'Root Cause', 'Resolution', 'Proof', 'Appendix A: full timeline'])
      expect(html).toContain(`<h2>${title}</h2>`);
    expect(html).toContain('<td>v9 (released again as v11)</td>');
    expect(html).toContain('<input type="checkbox" checked disabled>');
    expect(html).toContain('<a href="https://example.com/issues/17">https://example.com/issues/17</a>');
    expect(html).not.toContain('dateFormat');
  });

  it('leaves out the appendices when brief, and names the incident all the same', () => {
    const brief = htmlOfStory(verifiedDrill().events, undefined, { brief: true });
    expect(brief).not.toMatch(/Appendix|class="appendices"/);
    expect(brief).toContain('Incident 01K9E0000000000000000000AA');
    expect(brief.slice(0, 1_024)).toContain('<meta name="incident" content="01K9E0000000000000000000AA">');
  });

  it('is for light and dark, and for paper', () => {
    expect(html).toContain('@media (prefers-color-scheme: dark)');
    expect(html).toMatch(/@media print[\s\S]*\.appendices \{ break-before: page; \}/);
  });

  it('takes no text for markup', () => {
    const { events } = new IncidentEvents({
      title: '</title><script>alert(1)</script>',
      symptom: '<img src=x onerror=1>',
    });
    const hostile = htmlOfStory(events);
    expect(hostile).not.toMatch(/<script|<img/);
    expect(hostile).toContain('&#x3C;script>');
  });
});

describe('the report to paste', () => {
  it('keeps headings, tables and diffs for Confluence, and all of the report', () => {
    const { html } = pasteOf('confluence', failedThenMitigated().events);
    expect(html).toContain('<h2>Timeline</h2>');
    expect(html).toContain('<table>');
    expect(html).toContain('<h2>Appendix F: deviations and runbook defects</h2>');
    expect(html).toContain('<span class="added">+line 3: look whether it ever came up');
    expect(html).not.toMatch(/<svg|<img|<input|dateFormat/);
    expect(html).toContain('☑ ');
  });

  it('has for Slack the main part, without headings and tables', () => {
    const { html, text } = pasteOf('slack', fullSystemDrill().events, BUNDLED);
    expect(html).not.toMatch(/<h\d|<table|Appendix/);
    expect(html).toContain('<p><strong>Timeline</strong></p>');
    expect(text).toContain('\n*Severity*: P0, drill with simulated tools');
    expect(text).toContain('\n• 03:12:32: Rollback initiated: Roll back all services\n');
    expect(text).toContain(
      '\n• *hotdash-app*: Before v5; After v4 (released again as v6); Result proven; Found 2 of 2 machines started',
    );
    expect(text).toContain('\n• ☐ Tell the team that a rollback was started (P0)');
    expect(text).not.toMatch(/\n#|\*\*|\\|&lt;/);
  });
});

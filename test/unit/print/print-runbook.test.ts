import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { checkRunbook } from '#shared/runbook-check/check-runbook.ts';
import { printed } from '#core/runbooks/printed.ts';

const NOW = Date.UTC(2026, 10, 23);

function pageOf(source: string): string {
  const { model } = parseRunbook(source, 'book.md');
  const { findings } = checkRunbook(model, source, { now: NOW });
  return printed({ name: 'book.md', hash: 'ab12'.repeat(16), source, findings, now: NOW }).html;
}

const bundled = readFileSync(fileURLToPath(new URL('../../../shared/runbooks/hotdash.md', import.meta.url)), 'utf8');

describe('the printed runbook', () => {
  it('has every command of the bundled one, each with a box, a time and its values', () => {
    const page = pageOf(bundled);
    const { model } = parseRunbook(bundled, 'hotdash.md');
    const commands = model.procedures.flatMap(({ steps }) => steps.flatMap((step) => step.commands));
    expect(commands.length).toBeGreaterThan(10);
    const words = page
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
    for (const { text } of commands) expect(words).toContain(text.split('\n')[0]);
    expect(page.match(/<\/span>(?: \d+\.)? done</g)?.length ?? 0).toBeGreaterThanOrEqual(commands.length);
    expect(page).toContain('$SERVICE =');
    // Nobody is asked to write an address with its password down.
    expect(page).toContain('Its database is that of $SCRATCH_DATABASE_URL. By hand, set PGHOST');
    expect(page).not.toContain('$SCRATCH_DATABASE_URL =');
    expect(page.match(/class="procedure"/g)).toHaveLength(model.procedures.length);
  });

  it('begins with the contacts and a line for each call up the chain', () => {
    const page = pageOf(bundled);
    expect(page.indexOf('#hotdash-emergency')).toBeLessThan(page.indexOf('decision matrix'));
    expect(page).toContain('<td>Engineering Lead</td>');
  });

  it('prints the corrected command, lists the correction, and marks what is left', () => {
    const page = pageOf(
      '# Book\n\n## Option 1: Back\n\n1. **Look**\n   ```bash\n   curl https://shop.example/health\n   fly releases rollback v7 -a shop\n   ```\n',
    );
    expect(page).toMatch(/<code>curl [^<]*-f/);
    expect(page).toContain('Corrected in this print');
    expect(page).toContain('There is no &quot;fly releases rollback&quot;');
  });

  it('has no script and loads nothing, whatever the runbook says', () => {
    const page = pageOf(
      '# <script>alert(1)</script>\n\n<script src="https://evil.example/x.js"></script>\n\n![x](https://evil.example/x.png)\n\n[a](javascript:alert(1))\n\n```\n</pre><script>x</script>\n```\n',
    );
    expect(page).not.toMatch(/<(?:script|img|link|iframe|a|object)\b/i);
    expect(page).toContain('&lt;script&gt;x');
  });
});

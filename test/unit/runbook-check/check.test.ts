import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { checkRunbook } from '#shared/runbook-check/check-runbook.ts';
import type { CheckResult } from '#shared/runbook-check/finding.ts';
import { skippedFor } from '../../fixtures/skipping.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const SEED = at('../shared/seed/rollback-procedures.md');

/** Some weeks after the bundled runbook was reviewed. */
const NOW = Date.UTC(2026, 11, 24);

function checkText(text: string): CheckResult {
  const { model, source } = parseRunbook(text, 'runbook.md');
  return checkRunbook(model, source, { now: NOW });
}

const checkFile = (path: string): CheckResult => checkText(readFileSync(path, 'utf8'));
const found = ({ findings }: CheckResult, except: readonly string[] = []): readonly string[] =>
  findings
    .filter(({ rule }) => !except.includes(rule))
    .toSorted((a, b) => a.line - b.line || a.rule.localeCompare(b.rule))
    .map(({ line, rule }) => `${line} ${rule}`);

describe('checkRunbook', () => {
  it('finds nothing in the bundled runbook, though it looks at all its commands', () => {
    const { findings, summary } = checkFile(at('shared/runbooks/hotdash.md'));
    expect(findings).toEqual([]);
    expect(summary.commands).toBeGreaterThan(40);
  });

  it('finds each defect of a stale runbook at its line', () => {
    const result = checkFile(at('test/fixtures/runbook-check/stale-commands.md'));
    expect(found(result)).toEqual([
      '8 endless-command',
      '9 dump-without-data',
      '9 local-or-remote',
      '10 hidden-exit-code',
      '17 unknown-subcommand',
      '22 curl-without-fail',
      '22 curl-without-limit',
      '28 endless-command',
      '35 unknown-subcommand',
      '36 password-in-arguments',
      '36 unquoted-variable',
      '36 wrong-table',
      '37 unknown-subcommand',
      '42 no-post-condition',
      '42 rollback-in-migrations',
      '42 unknown-subcommand',
      '43 no-post-condition',
      '43 password-in-arguments',
      '43 psql-without-on-error-stop',
      '44 destructive-command',
      '44 destructive-without-approval',
      '44 no-post-condition',
      '51 no-post-condition',
      '54 no-post-condition',
      '54 repeated-restart',
      '69 unknown-subcommand',
      '69 unquoted-variable',
      '71 curl-without-limit',
      '71 hidden-exit-code',
      '71 sleep-then-check',
      '71 unquoted-variable',
      '77 missing-app',
      '77 unfilled-placeholder',
      '77 unqualified-image',
      '78 unfilled-placeholder',
      '79 current-folder',
      '79 missing-app',
      '80 destructive-without-approval',
      '80 unfilled-placeholder',
      '80 unknown-subcommand',
      '81 unknown-flag',
      '82 needs-terminal',
      '85 missing-app',
    ]);
    const { error, warning, note } = result.summary;
    expect({ error, warning, note }).toEqual({ error: 15, warning: 13, note: 15 });
  });

  it('points at the place in the source, in a fence of a list too', () => {
    const source = readFileSync(at('test/fixtures/runbook-check/stale-commands.md'), 'utf8');
    const lines = source.split('\n');
    for (const { line, column, command } of checkText(source).findings) {
      const rest = lines[line - 1]?.slice(column - 1) ?? '';
      expect(rest.length).toBeGreaterThan(0);
      const first = command.split('\n')[0] ?? '';
      expect(lines[line - 1]).toContain(first);
    }
  });

  it('counts lines and columns alike in CRLF text and behind a quote sign', () => {
    const text = ['# T', '', '> ```bash', '> set -e', '> sleep 1', '>   fly restart', '> ```', ''];
    for (const ending of ['\n', '\r\n']) {
      const [finding] = checkText(text.join(ending)).findings.filter(({ rule }) => rule === 'unknown-subcommand');
      expect({ line: finding?.line, column: finding?.column }).toEqual({ line: 6, column: 9 });
    }
  });

  it('looks at a command in a sentence only when it is to be run', () => {
    const of = (line: string): readonly string[] => found(checkText(`# T\n\n${line}\n`), ['no-procedure']);
    expect(of('Look at the secrets: `fly secrets list`')).toEqual(['3 missing-app']);
    expect(of('- Then run `supabase db restore 42` and wait')).toEqual(['3 unknown-subcommand']);
    expect(of('There is no `supabase db restore 42` any more.')).toEqual([]);
    expect(of('* Like this:\n  ```text\n  Run: `supabase db restore 42`\n  ```')).toEqual([]);
  });

  it('is quiet about the folder where the runbook says in which one a command runs', () => {
    const text = (hint: string): string => `# T\n\n\`\`\`bash${hint}\nnpm run smoke\nfly deploy -a shop-test\n\`\`\`\n`;
    const except = ['no-post-condition'];
    expect(found(checkText(text('')), except)).toEqual(['4 current-folder', '5 current-folder']);
    expect(found(checkText(text(' in=checkout')), except)).toEqual([]);
  });

  it('sees what the command before it in the same section did, not in another one', () => {
    const fence = (text: string): string => `\`\`\`bash\n${text}\n\`\`\`\n`;
    const set = fence('fly secrets set A=1 -a shop');
    const restart = fence('fly apps restart shop');
    const except = ['no-post-condition'];
    expect(found(checkText(`# T\n\n## A\n\n${set}\n${restart}`), except)).toEqual(['10 repeated-restart']);
    expect(found(checkText(`# T\n\n## A\n\n${set}\n## B\n\n${restart}`), except)).toEqual([]);
  });
});

/** Lines of the seed with harmful, hanging, misleading or fragile commands, and the rules that find them. */
const SEED_DEFECTS: Readonly<Record<string, readonly number[]>> = {
  'endless-command': [73, 133, 428],
  'local-or-remote': [76],
  'dump-without-data': [76],
  'hidden-exit-code': [79, 429, 438],
  'unknown-subcommand': [108, 111, 160, 169, 177, 180, 213, 216, 219, 374, 385, 388, 433, 474],
  'curl-without-fail': [117, 118, 224, 225, 226],
  'curl-without-limit': [117, 118, 224, 225, 226, 438],
  'wrong-table': [163],
  'unquoted-variable': [163, 186, 189, 428, 429, 433, 438, 477],
  'psql-without-x': [163, 186, 189, 477],
  'password-in-arguments': [163, 186, 189, 477],
  'unfilled-placeholder': [385, 388, 461, 464, 474],
  'rollback-in-migrations': [177, 180],
  'repeated-restart': [258, 280],
  'sleep-then-check': [438],
  'unqualified-image': [461],
  'missing-app': [461, 465, 484],
  'current-folder': [136, 231, 369, 465],
  'psql-without-on-error-stop': [477],
  'needs-terminal': [495],
  'review-overdue': [6],
  mojibake: [63],
  'conflicting-policies': [130, 152],
  'target-out-of-reach': [147],
  'no-post-condition': [255, 258, 279, 280],
  'destructive-without-approval': [474],
};

const missing = existsSync(SEED)
  ? null
  : 'the seed runbook is not beside the project; test/fixtures/runbooks/pier-nine.md stands for it';

describe('the seed runbook, unedited', skippedFor(missing), () => {
  it('gives each defect at its line, each with a fix, and nothing else', () => {
    const result = checkFile(SEED);
    const expected = Object.entries(SEED_DEFECTS).flatMap(([rule, lines]) => lines.map((line) => `${line} ${rule}`));
    expect([...found(result)].sort()).toEqual(expected.sort());
    expect(result.findings.filter(({ fix }) => fix === undefined)).toEqual([]);
  });
});

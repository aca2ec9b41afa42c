/** With the corpus of test/fixtures/runbook-check/corpus, the check finds what the real tools refuse, and nothing else. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { KNOWN, type Knowledge } from '#shared/runbook-check/grammar/known-tools.ts';
import { RULES } from '#shared/runbook-check/registry.ts';
import { readScript } from '#shared/runbook-check/script.ts';

interface Row {
  readonly tool: string;
  readonly version: string;
  readonly line: string;
  readonly label: 'exists' | 'no-subcommand' | 'no-flag';
}

interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly lines: number;
  readonly wrong: readonly string[];
}

const EXISTENCE = RULES.filter(({ name }) => name === 'unknown-subcommand' || name === 'unknown-flag');

const rowsOf = (name: string): readonly Row[] =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/runbook-check/corpus/${name}.jsonl`, import.meta.url)), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

/** The check as it would be with this version installed. */
function isReported({ tool, version, line }: Row): boolean {
  const told = KNOWN.get(tool);
  const tables = told?.tables.filter((table) => version.startsWith(table.version)) ?? [];
  const knowledge: ReadonlyMap<string, Knowledge> = new Map([[tool, { tables, checked: '' }]]);
  const input = { script: readScript(line), step: null, earlier: [], knowledge };
  return EXISTENCE.some((rule) => rule.check(input).length > 0);
}

function score(rows: readonly Row[]): Score {
  const judged = rows.map((row) => ({ row, reported: isReported(row), wrong: row.label !== 'exists' }));
  const count = (reported: boolean, wrong: boolean): number =>
    judged.filter((one) => one.reported === reported && one.wrong === wrong).length;
  const hits = count(true, true);
  return {
    precision: hits / Math.max(1, hits + count(true, false)),
    recall: hits / Math.max(1, hits + count(false, true)),
    lines: rows.length,
    wrong: judged
      .filter(({ reported, wrong }) => reported !== wrong)
      .map(({ row, reported }) => `${reported ? 'false alarm' : 'missed'}: ${row.line} (${row.version}, ${row.label})`),
  };
}

const percent = (part: number): string => `${(part * 100).toFixed(2)} %`;

describe('the corpus', () => {
  const tuning = rowsOf('tuning');
  const frozen = rowsOf('frozen');

  it('has no line in which a word is taken for a blank', () => {
    const placeholder = RULES.find(({ name }) => name === 'unfilled-placeholder');
    const found = [...tuning, ...frozen].filter(({ line }) => {
      const input = { script: readScript(line), step: null, earlier: [], knowledge: KNOWN };
      return (placeholder?.check(input).length ?? 0) > 0;
    });
    expect(found.map(({ line }) => line)).toEqual([]);
  });

  it('has at least 400 lines of all seven tools, and no line in both halves', () => {
    const all = [...tuning, ...frozen];
    expect(all.length).toBeGreaterThanOrEqual(400);
    expect(new Set(all.map(({ tool }) => tool)).size).toBe(7);
    expect(new Set(all.filter(({ tool }) => tool === 'supabase').map(({ version }) => version)).size).toBe(3);
    const seen = new Set(tuning.map(({ line }) => line));
    expect(frozen.filter(({ line }) => seen.has(line))).toEqual([]);
  });

  it.each([
    ['tuned on', tuning],
    ['frozen', frozen],
  ])('scores at least 0.99 precision and 0.95 recall on the half that was %s', (name, rows) => {
    const { precision, recall, lines, wrong } = score(rows);
    console.info(`corpus, ${name}: ${lines} lines, precision ${percent(precision)}, recall ${percent(recall)}`);
    // No line of the frozen half is printed, so that nobody tunes the rules to it.
    expect(precision, name === 'frozen' ? '' : wrong.join('\n')).toBeGreaterThanOrEqual(0.99);
    expect(recall, name === 'frozen' ? '' : wrong.join('\n')).toBeGreaterThanOrEqual(0.95);
  });
});

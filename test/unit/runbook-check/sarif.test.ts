import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { checkRunbook } from '#shared/runbook-check/check-runbook.ts';
import { RULES, RUNBOOK_RULES } from '#shared/runbook-check/registry.ts';
import { toSarif } from '#shared/runbook-check/sarif.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
/** The schema of SARIF 2.1.0 (OASIS, rtm.5), without its descriptions and formats. */
const SCHEMA = z.fromJSONSchema(JSON.parse(readFileSync(at('test/fixtures/runbook-check/sarif-2.1.0.json'), 'utf8')));

interface Log {
  runs: { results: { level: string }[]; tool: { driver: Record<string, unknown> } }[];
}

function sarifOf(path: string): Log {
  const { model, source } = parseRunbook(readFileSync(path, 'utf8'), 'runbook.md');
  const result = checkRunbook(model, source, { now: Date.UTC(2026, 11, 24) });
  const rules = [...RULES, ...RUNBOOK_RULES];
  const sarif = toSarif({ result, uri: 'docs/runbook.md', source, version: '0.1.0', rules });
  return JSON.parse(JSON.stringify(sarif)) as Log;
}

const STALE = at('test/fixtures/runbook-check/stale-commands.md');
const SEED = at('../shared/seed/rollback-procedures.md');

describe('the SARIF file', () => {
  const files: readonly (readonly [string, string])[] = [
    ['the stale fixture', STALE],
    ...(existsSync(SEED) ? [['the seed', SEED] as const] : []),
  ];

  it.each(files)('is valid against the schema of SARIF 2.1.0: %s', (_name, path) => {
    const log = sarifOf(path);
    expect(log.runs[0]?.results.length).toBeGreaterThan(40);
    expect(SCHEMA.safeParse(log).error?.issues ?? []).toEqual([]);
  });

  it('would be found out by the schema', () => {
    const [level, word] = [sarifOf(STALE), sarifOf(STALE)];
    for (const result of level.runs[0]?.results ?? []) result.level = 'fatal';
    for (const run of word.runs) run.tool.driver['colour'] = 'red';
    expect(SCHEMA.safeParse(level).success).toBe(false);
    expect(SCHEMA.safeParse(word).success).toBe(false);
  });
});

/**
 * Facts about tools that were guesses or wrong, with what the real tool does (test/fixtures/tools/findings.json), checked
 * with the real tools. If a tool has changed, this test fails and the finding has to be corrected.
 */
import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REF, TOKEN } from './failures.ts';
import { type MadePlace, makePlace } from './place.ts';
import { realTool, run } from './real-tool.ts';

interface Finding {
  readonly id: string;
  readonly tool: string;
  /** Those in which it was seen. */
  readonly versions: readonly string[];
  readonly call: readonly string[];
  readonly facts: string;
  readonly seen: string;
  readonly code: number;
  /** Patterns, by lines. */
  readonly stdout?: string;
  readonly stderr?: string;
  readonly needs?: 'database';
  readonly token?: string;
}

const FINDINGS = JSON.parse(
  readFileSync(new URL('../fixtures/tools/findings.json', import.meta.url), 'utf8'),
) as readonly Finding[];

function pathOf(tool: string, version: string): string | null {
  if (tool !== 'supabase') return realTool(tool);
  const path = realTool(`supabase ${version.split(' ')[0]}`);
  return path !== null && version.endsWith('(supabase-go)') ? `${path}-go` : path;
}

let place: MadePlace;
beforeAll(async () => void (place = await makePlace()));
afterAll(() => place.close());

const PSQL = realTool('psql') ?? 'psql';
const HISTORY = `drop schema if exists supabase_migrations cascade; create schema supabase_migrations;
create table supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
insert into supabase_migrations.schema_migrations values ('20251011150400', '{}', 'a'), ('20251013101500', '{}', 'b');`;
const sql = (database: string | null, text: string): string =>
  spawnSync(PSQL, ['-X', '-q', '-At', database ?? '', '-c', text], { encoding: 'utf8' }).stdout.trim();

const ROWS = FINDINGS.flatMap((finding) =>
  finding.versions.flatMap((version) => {
    const path = pathOf(finding.tool, version);
    return path === null ? [] : [{ finding, version, path }];
  }),
);

describe('findings', () => {
  it('are complete: each says what was believed and what was seen, and has a name of its own', () => {
    expect(new Set(FINDINGS.map(({ id }) => id)).size).toBe(FINDINGS.length);
    for (const { facts, seen, versions, stdout, stderr } of FINDINGS) {
      expect(facts).toMatch(/\.$|"$|\?$/);
      expect(seen).not.toBe('');
      expect(versions.length).toBeGreaterThan(0);
      expect(stdout ?? stderr).toBeDefined();
    }
  });
});

describe('a finding still holds', () => {
  beforeEach(() => {
    for (const each of [place.database, place.secureDatabase]) if (each !== null) sql(each, HISTORY);
  });

  it.for(ROWS.map((row) => ({ ...row, name: `${row.finding.tool} ${row.version}: ${row.finding.id}` })))(
    '$name',
    async ({ finding, path }, { skip }) => {
      skip(finding.needs === 'database' && place.database === null, 'there is no PostgreSQL server');
      const words = finding.call.map((word) =>
        word
          .replace('DATABASE', place.database ?? '')
          .replace('SECURE', place.secureDatabase ?? '')
          .replace('WEB', place.web)
          .replace('REF', REF),
      );
      const { code, stdout, stderr } = await run(path, words, {
        SUPABASE_PROFILE: place.profile,
        SUPABASE_ACCESS_TOKEN: finding.token ?? TOKEN,
      });
      const text = `${stdout}\n--\n${stderr}`;
      expect(code, text).toBe(finding.code);
      if (finding.stdout !== undefined) expect(stdout).toMatch(new RegExp(finding.stdout, 'm'));
      if (finding.stderr !== undefined) expect(stderr).toMatch(new RegExp(finding.stderr, 'm'));
      if (finding.id.endsWith('-repairs')) {
        const used = finding.call.includes('SECURE') ? place.secureDatabase : place.database;
        expect(sql(used, 'select version from supabase_migrations.schema_migrations')).toBe('20251011150400');
      }
    },
  );
});

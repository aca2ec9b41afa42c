/** Every failure that Rollbook explains, caused with the real tool: its exit code and the explanation of its output. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainRun } from '#shared/platforms/registry.ts';
import { SUPABASE_VERSIONS, SUPABASE_WITH_GO } from '../../build/checks/real-tools.mjs';
import { FAILURES, type Failure } from './failures.ts';
import { type MadePlace, makePlace } from './place.ts';
import { realTool, run } from './real-tool.ts';

const FIXTURE = new URL('../fixtures/tools/failures.json', import.meta.url);
/** If set, the output of the tools is written to the fixture. */
const RECORD = process.env['ROLLBOOK_RECORD'] === '1';

interface Recorded {
  readonly tool: string;
  readonly version: string;
  readonly call: string;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly means: string;
}

const SUPABASE = SUPABASE_VERSIONS.flatMap((version) => {
  const path = realTool(`supabase ${version}`);
  const hasGo = version === SUPABASE_WITH_GO && path !== null;
  const go = hasGo ? [{ version: `${version} (supabase-go)`, path: `${path}-go` }] : [];
  return path === null ? [] : [{ version, path }, ...go];
});
const paths = (tool: Failure['tool']): readonly { readonly version: string; readonly path: string }[] => {
  if (tool === 'supabase') return SUPABASE;
  const path = realTool(tool);
  return path === null ? [] : [{ version: versionOf(path), path }];
};

/** The version in the output of `--version`. */
function versionOf(path: string): string {
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return /\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? 'unknown';
}

const ROWS = [...new Set(FAILURES.map(({ tool }) => tool))]
  .flatMap((tool) => paths(tool).map((program) => ({ tool, ...program })))
  .flatMap((program) => FAILURES.filter(({ tool }) => tool === program.tool).map((failure) => ({ failure, program })));

/** A page of help stands between what matters. */
const bothEnds = (text: string): string =>
  text.length < 1_500 ? text : `${text.slice(0, 400)}\n[...]\n${text.slice(-1_000)}`;

let place: MadePlace;
const recorded: Recorded[] = [];
beforeAll(async () => void (place = await makePlace()));
afterAll(async () => {
  await place.close();
  if (RECORD) writeFileSync(FIXTURE, `${JSON.stringify(recorded, null, 2)}\n`);
});

describe('a real failure', () => {
  it.for(ROWS.map((row) => ({ ...row, name: `${row.program.tool} ${row.program.version}: ${row.failure.name}` })))(
    '$name',
    async ({ failure, program }, { skip }) => {
      skip(failure.needs === 'database' && place.database === null, 'there is no PostgreSQL server');
      const args = failure.args(place, program.version);
      const ran = await run(program.path, args, failure.env?.(place) ?? {});
      const explained = explainRun(program.path, { kind: 'code', code: ran.code ?? -1 }, ran.stdout, ran.stderr);
      expect(ran.code, ran.stderr).toBe(failure.code);
      expect(explained?.code, `${ran.stdout}\n${ran.stderr}`).toBe(failure.means);
      const kept = (text: string): string => bothEnds(place.masked(text));
      recorded.push({
        tool: program.tool,
        version: program.version,
        call: place.masked(args.join(' ')),
        code: ran.code,
        stdout: kept(ran.stdout),
        stderr: kept(ran.stderr),
        means: failure.means,
      });
    },
  );

  it('is among those that were recorded', () => {
    const known = JSON.parse(readFileSync(FIXTURE, 'utf8')) as readonly Recorded[];
    // A version that was not recorded must have the same exit code and explanation.
    const key = ({ tool, call, code, means }: Recorded): string => `${tool}: ${call} -> ${code} ${means}`;
    const kept = new Set(known.map(key));
    if (!RECORD) expect(recorded.filter((row) => !kept.has(key(row)))).toEqual([]);
  });
});

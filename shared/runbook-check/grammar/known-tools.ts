/** Decides whether a command exists: by the help of the installed binary, or by the tables of known versions. */
import type { Call } from '../script.ts';
import { judge, type Verdict } from './call-verdict.ts';
import curl from './tables/curl-7.88.1.json' with { type: 'json' };
import docker from './tables/docker-28.2.2.json' with { type: 'json' };
import fly from './tables/fly-0.4.87.json' with { type: 'json' };
import git from './tables/git-2.39.5.json' with { type: 'json' };
import npm from './tables/npm-11.19.1.json' with { type: 'json' };
import psql from './tables/psql-15.18.json' with { type: 'json' };
import supabase2104 from './tables/supabase-2.104.0.json' with { type: 'json' };
import supabase2122 from './tables/supabase-2.122.1.json' with { type: 'json' };
import supabase310 from './tables/supabase-3.1.0.json' with { type: 'json' };
import { type ToolTable, toolTableSchema } from './tool-table.ts';

export interface Knowledge {
  readonly tables: readonly ToolTable[];
  /** "checked against /usr/bin/git 2.39.5", or that it was not. */
  readonly checked: string;
}

export const NOT_CHECKED = 'not checked against your binary';

/** The tables of known versions, by tool. Loading this module throws if a file in tables/ does not match the schema. */
export const KNOWN: ReadonlyMap<string, Knowledge> = new Map(
  [
    ...Map.groupBy(
      [curl, docker, fly, git, npm, psql, supabase2104, supabase2122, supabase310].map((json) =>
        toolTableSchema.parse(json),
      ),
      ({ tool }) => tool,
    ),
  ].map(([tool, tables]) => [tool, { tables, checked: NOT_CHECKED }]),
);

export interface Judgement {
  readonly verdict: Verdict;
  readonly table: ToolTable;
  readonly checked: string;
  /** As a finding's source: "supabase 2.104.0, 2.122.1 and 3.1.0". */
  readonly versions: string;
}

/** Judges a call by all tables of its tool: null when one of them has the command, or does not know. */
export function judgeCall(call: Call, knowledge: ReadonlyMap<string, Knowledge>): Judgement | null {
  const known = knowledge.get(call.tool);
  if (known === undefined || call.args.length === 0) return null;
  const verdicts = known.tables.map((table) => ({ table, verdict: judge(call, table) }));
  const [first] = verdicts;
  if (
    first === undefined ||
    verdicts.some(({ verdict }) => verdict.kind === 'exists' || verdict.kind === 'cannot-tell')
  )
    return null;
  return {
    ...first,
    checked: known.checked,
    versions: `${call.tool} ${listed(known.tables.map(({ version }) => version))}`,
  };
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

/** What decides whether a command exists: the installed binary's own help, or the tables of known versions. */
import type { Call } from '../script.ts';
import { judge, type ToolTable, type Verdict } from './table.ts';
import { CURL_7_88_1 } from './tables/curl-7.88.1.ts';
import { DOCKER_28_2_2 } from './tables/docker-28.2.2.ts';
import { FLY_0_4_87 } from './tables/fly-0.4.87.ts';
import { GIT_2_39_5 } from './tables/git-2.39.5.ts';
import { NPM_11_19_1 } from './tables/npm-11.19.1.ts';
import { PSQL_15_18 } from './tables/psql-15.18.ts';
import { SUPABASE_2_104_0 } from './tables/supabase-2.104.0.ts';
import { SUPABASE_2_122_1 } from './tables/supabase-2.122.1.ts';
import { SUPABASE_3_1_0 } from './tables/supabase-3.1.0.ts';

export interface Knowledge {
  readonly tables: readonly ToolTable[];
  /** "checked against /usr/bin/git 2.39.5", or that it was not. */
  readonly checked: string;
}

export const NOT_CHECKED = 'not checked against your binary';

const known = (...tables: readonly ToolTable[]): Knowledge => ({ tables, checked: NOT_CHECKED });

/** By the tool's name. */
export const KNOWN: ReadonlyMap<string, Knowledge> = new Map([
  ['fly', known(FLY_0_4_87)],
  ['supabase', known(SUPABASE_2_104_0, SUPABASE_2_122_1, SUPABASE_3_1_0)],
  ['git', known(GIT_2_39_5)],
  ['docker', known(DOCKER_28_2_2)],
  ['npm', known(NPM_11_19_1)],
  ['curl', known(CURL_7_88_1)],
  ['psql', known(PSQL_15_18)],
]);

export interface Judgement {
  readonly verdict: Verdict;
  readonly table: ToolTable;
  readonly checked: string;
  /** As a finding's source: "supabase 2.104.0, 2.122.1 and 3.1.0". */
  readonly versions: string;
}

/** What all tables agree on: a command that one of them has, or cannot tell, is not reported. */
export function judgeCall(call: Call, knowledge: ReadonlyMap<string, Knowledge>): Judgement | null {
  const told = knowledge.get(call.tool);
  if (told === undefined || call.args.length === 0) return null;
  const verdicts = told.tables.map((table) => ({ table, verdict: judge(call, table) }));
  const [first] = verdicts;
  if (
    first === undefined ||
    verdicts.some(({ verdict }) => verdict.kind === 'exists' || verdict.kind === 'cannot-tell')
  )
    return null;
  return {
    ...first,
    checked: told.checked,
    versions: `${call.tool} ${listed(told.tables.map(({ version }) => version))}`,
  };
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

/**
 * Finds the tables that a rollback file changes, and those that must be gone or exist afterwards: from its statements, and from
 * lines such as `-- rollbook: gone public.agent_approvals` (also `exists`, `affects`, `migration`), which say more.
 */
import { type SqlToken, sqlTokens, statementsOf } from './sql-tokens.ts';

export interface SqlFacts {
  /** Tables a dump has to hold, `schema.table`, sorted. */
  readonly affected: readonly string[];
  /** Affected tables whose number of rows may change. */
  readonly rows: readonly string[];
  readonly gone: readonly string[];
  readonly exists: readonly string[];
  /** Version of the migration that it undoes; null: it does not say. */
  readonly migration: string | null;
  /** It has code in dollar quotes, which is not searched. */
  readonly opaque: boolean;
}

const HISTORY = 'supabase_migrations.schema_migrations';

type Mark = 'affected' | 'rows' | 'gone' | 'exists';

export function sqlFacts(sql: string): SqlFacts {
  const tokens = sqlTokens(sql);
  const after = new Map<string, 'gone' | 'exists'>();
  const affected = new Set<string>();
  const rows = new Set<string>();
  const mark = (table: string, marks: readonly Mark[]): void => {
    if (table === HISTORY) return;
    for (const each of marks) {
      if (each === 'rows') rows.add(table);
      else if (each !== 'affected') after.set(table, each);
    }
    affected.add(table);
  };
  for (const statement of statementsOf(tokens)) readStatement(statement, mark);
  let migration: string | null = null;
  for (const { key, values } of directives(tokens)) {
    if (key === 'migration') migration = values[0] ?? null;
    else for (const table of values) mark(table.includes('.') ? table : `public.${table}`, DIRECTIVES[key] ?? []);
  }
  const having = (state: 'gone' | 'exists'): readonly string[] =>
    [...after]
      .filter(([, each]) => each === state)
      .map(([table]) => table)
      .sort();
  return {
    affected: [...affected].sort(),
    rows: [...rows].sort(),
    gone: having('gone'),
    exists: having('exists'),
    migration,
    opaque: tokens.some(({ kind }) => kind === 'dollar'),
  };
}

const DIRECTIVES: Readonly<Record<string, readonly Mark[]>> = { gone: ['gone'], exists: ['exists'], affects: ['rows'] };

function directives(
  tokens: readonly SqlToken[],
): readonly { readonly key: string; readonly values: readonly string[] }[] {
  return tokens.flatMap((token) => {
    const found = token.kind === 'comment' ? /^--\s*rollbook:\s*(\w+)\s+(.+)$/i.exec(token.text.trim()) : null;
    const [, key = '', list = ''] = found ?? [];
    const values = list.split(/[\s,]+/).filter((value) => value !== '');
    return found === null ? [] : [{ key: key.toLowerCase(), values }];
  });
}

/** What a statement does to the tables it names, by the words it begins with; several names where it takes a list. */
const EFFECTS: readonly { readonly begins: readonly string[]; readonly marks: readonly Mark[] }[] = [
  { begins: ['DROP', 'TABLE'], marks: ['gone'] },
  { begins: ['CREATE', 'TABLE'], marks: ['exists'] },
  { begins: ['CREATE', 'UNLOGGED', 'TABLE'], marks: ['exists'] },
  { begins: ['ALTER', 'TABLE'], marks: ['affected'] },
  { begins: ['DELETE', 'FROM'], marks: ['rows'] },
  { begins: ['INSERT', 'INTO'], marks: ['rows'] },
  { begins: ['MERGE', 'INTO'], marks: ['rows'] },
  { begins: ['UPDATE'], marks: ['affected'] },
  { begins: ['TRUNCATE'], marks: ['rows'] },
];

const FILLERS = new Set(['IF', 'NOT', 'EXISTS', 'ONLY', 'TABLE']);

function readStatement(statement: readonly SqlToken[], mark: (table: string, marks: readonly Mark[]) => void): void {
  const effect = EFFECTS.find(({ begins }) => begins.every((word, index) => isWord(statement[index], word)));
  if (effect === undefined) return;
  let at = effect.begins.length;
  for (;;) {
    while (isFiller(statement[at])) at += 1;
    const named = nameAt(statement, at);
    if (named === null) return;
    mark(named.table, effect.marks);
    at = named.next;
    if (isWord(statement[0], 'ALTER')) return renamed(statement, at, named.table, mark);
    if (statement[at]?.text !== ',') return;
    at += 1;
  }
}

function renamed(
  statement: readonly SqlToken[],
  from: number,
  table: string,
  mark: (table: string, marks: readonly Mark[]) => void,
): void {
  if (!isWord(statement[from], 'RENAME') || !isWord(statement[from + 1], 'TO')) return;
  const to = nameAt(statement, from + 2);
  if (to === null) return;
  mark(table, ['gone']);
  mark(`${table.slice(0, table.indexOf('.'))}.${to.table.slice(to.table.indexOf('.') + 1)}`, ['exists']);
}

const isWord = (token: SqlToken | undefined, word: string): boolean =>
  token?.kind === 'word' && token.text.toUpperCase() === word;

const isFiller = (token: SqlToken | undefined): boolean =>
  token?.kind === 'word' && FILLERS.has(token.text.toUpperCase());

function nameAt(statement: readonly SqlToken[], at: number): { readonly table: string; readonly next: number } | null {
  const first = identifier(statement[at]);
  if (first === null) return null;
  const second = statement[at + 1]?.text === '.' ? identifier(statement[at + 2]) : null;
  return second === null ? { table: `public.${first}`, next: at + 1 } : { table: `${first}.${second}`, next: at + 3 };
}

/** The server changes names without quotes to lower case. */
function identifier(token: SqlToken | undefined): string | null {
  if (token?.kind === 'name') return token.text;
  return token?.kind === 'word' ? token.text.toLowerCase() : null;
}

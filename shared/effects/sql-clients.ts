/** Clients of databases: their effect is that of the statements they are given. */
import { destroysInSql, effectOfSql, type SqlEffect } from './sql.ts';

interface Client {
  /** Flags whose value is a statement. */
  readonly statement: RegExp;
  /** Flags that name a file of statements: what is in it is not known. */
  readonly file: RegExp;
  /** Flags with which it only prints something about itself or the server. */
  readonly reads: RegExp;
  /** Reads the statements of another language than SQL. */
  readonly language?: 'javascript';
  /** Position of a statement among the words that are no flags. */
  readonly word?: number;
}

const NEVER = /^(?!)/;
const MYSQL: Client = {
  statement: /^(?:-\w*e|--execute)$/,
  file: NEVER,
  reads: /^(?:--version|-V|--help)$/,
};
const MONGO: Client = { statement: /^--eval$/, file: /^(?:-f|--file)$/, reads: /^--version$/, language: 'javascript' };

const CLIENTS: Readonly<Record<string, Client>> = {
  psql: {
    statement: /^(?:-[a-zA-Z0-9]*c|--command)$/,
    file: /^(?:-[a-zA-Z0-9]*f$|-f.|--file)/,
    reads: /^(?:--version|-V|-l|--list|-\?|--help)$/,
  },
  mysql: MYSQL,
  mariadb: MYSQL,
  sqlite3: { statement: /^-cmd$/, file: /^-init$/, reads: /^-?-version$/, word: 1 },
  mongosh: MONGO,
  mongo: MONGO,
  cqlsh: { statement: /^(?:-e|--execute)$/, file: /^(?:-f|--file)$/, reads: /^--version$/ },
  'clickhouse-client': { statement: /^(?:-q|--query)$/, file: /^--queries-file$/, reads: /^(?:-V|--version)$/ },
  sqlcmd: { statement: /^-[qQ]$/, file: /^-i$/, reads: /^-\?$/ },
  cockroach: { statement: /^(?:-e|--execute)$/, file: /^(?:-f|--file)$/, reads: /^(?:version|node|--version)$/ },
  duckdb: { statement: /^-c$/, file: /^-init$/, reads: /^-version$/, word: 1 },
};

export const isSqlClient = (tool: string): boolean => Object.hasOwn(CLIENTS, tool);

/** `words` without the name of the program; `input`: what a here-document gives it. */
export function effectOfClient(tool: string, words: readonly string[], input: string | null): SqlEffect {
  const client = CLIENTS[tool];
  if (client === undefined) return 'unknown';
  if (words.some((word) => client.file.test(word))) return 'change';
  if (words.some((word) => client.reads.test(word))) return 'read';
  const given = statementsOf(client, words, input);
  if (given.length === 0) return 'unknown';
  const effects = given.map((text) => (client.language === 'javascript' ? effectOfMongo(text) : effectOfSql(text)));
  return effects.includes('change') ? 'change' : effects.includes('unknown') ? 'unknown' : 'read';
}

/** What a client's statements destroy, or null. */
export function destroysByClient(tool: string, words: readonly string[], input: string | null): string | null {
  const client = CLIENTS[tool];
  if (client === undefined) return null;
  for (const text of statementsOf(client, words, input)) {
    const what = client.language === 'javascript' ? destroysInMongo(text) : destroysInSql(text);
    if (what !== null) return what;
  }
  return null;
}

function statementsOf({ statement, word }: Client, words: readonly string[], input: string | null): readonly string[] {
  const found = words.flatMap((each, index) => {
    if (statement.test(each)) return words[index + 1] ?? [];
    const [name = '', ...rest] = each.split('=');
    return rest.length > 0 && statement.test(name) ? [rest.join('=')] : [];
  });
  const positional = word === undefined ? undefined : words.filter((each) => !each.startsWith('-'))[word];
  return [...found, ...(positional === undefined ? [] : [positional]), ...(input === null ? [] : [input])];
}

const MONGO_CHANGES =
  /\.(?:insert\w*|update\w*|delete\w*|remove\w*|drop\w*|create\w*|save|rename\w*|stepDown|reconfig|initiate|add\w*|kill\w*|shutdown\w*|replace\w*|bulkWrite|fsync\w*|enable\w*|disable\w*|start\w*|stop\w*|move\w*|set\w*|findAndModify|findOneAnd\w+|compact|freeze|grant\w*|revoke\w*|auth|changeUserPassword)\s*\(|\$(?:out|merge)\b/;
const MONGO_READS =
  /\.(?:find\w*|count\w*|stats|status|conf|config|get\w+|print\w+|isMaster|hello|currentOp|serverStatus|aggregate|explain|distinct|version|list\w+|hostInfo|dataSize|totalSize|latencyStats|validate)\s*\(|^\s*(?:show|use)\s/;

const effectOfMongo = (text: string): SqlEffect =>
  MONGO_CHANGES.test(text) ? 'change' : MONGO_READS.test(text) ? 'read' : 'unknown';

const destroysInMongo = (text: string): string | null =>
  /\.drop\w*\s*\(|\.(?:deleteMany|remove)\s*\(\s*(?:\{\s*\})?\s*\)/.test(text) ? 'deletes data' : null;

/** What SQL does, by the first keyword of each statement. */

export type SqlEffect = 'read' | 'change' | 'unknown';

const READS =
  /^(?:(?:select|show|explain|describe|desc|table|values|with|use|set|begin|start transaction|commit|rollback|end|pragma|help)\b|\\(?:d|l|conninfo|x|timing|pset|z|c|echo|watch|q)|\.(?:tables|schema|databases|headers|mode|indexes|dbinfo|quit)\b)/i;
const CHANGES =
  /^(?:insert|update|delete|drop|alter|create|truncate|grant|revoke|merge|vacuum|do|call|reindex|analyze|cluster|refresh|replace|rename|load|optimize|repair|flush|kill|lock|import|copy|comment|reset|discard|security|purge|stop|start (?:slave|replica)|change (?:master|replication)|attach|detach|execute|\.(?:import|restore|read))\b/i;

/** Functions of Postgres that only read. */
const READING_FUNCTION =
  /^pg_(?:size_pretty|size_bytes|\w*_size|is_in_recovery|is_wal_replay_paused|last_\w+|current_\w+|blocking_pids|safe_snapshot_blocking_pids|get_\w+|stat_get_\w+|postmaster_start_time|conf_load_time|wal_lsn_diff|walfile_name|backend_pid|encoding_to_char|char_to_encoding|database_size|listening_channels|my_temp_schema|table_is_visible|typeof|column_size|relation_filepath|ls_\w+|control_\w+|show_\w+|describe_object|identify_object|timezone_\w+|stat_file|lock_status|config|settings)$/i;
const WRITING_FUNCTION = /\b(?:setval|nextval|lo_\w+|dblink\w*|set_config|query_to_\w+)\s*\(/i;

/** The effect of one or more statements. */
export function effectOfSql(sql: string): SqlEffect {
  const effects = statementsOf(sql).map(effectOfStatement);
  if (effects.includes('change')) return 'change';
  return effects.length === 0 || effects.includes('unknown') ? 'unknown' : 'read';
}

/** What cannot be undone in it, in the words of a sentence ("This ..."), or null. */
export function destroysInSql(sql: string): string | null {
  for (const statement of statementsOf(sql)) {
    if (/^(?:drop|truncate)\b|^alter\s+table\b[^]*\bdrop\s+(?:column|partition)\b/i.test(statement))
      return 'deletes data';
    if (/^delete\b(?![^]*\bwhere\b)/i.test(statement)) return 'deletes every row of a table';
    if (/^update\b(?![^]*\bwhere\b)/i.test(statement)) return 'changes every row of a table';
  }
  return null;
}

function effectOfStatement(statement: string): SqlEffect {
  if (CHANGES.test(statement)) return 'change';
  if (!READS.test(statement)) return 'unknown';
  if (/^explain\b[^]*\banalyze\b|^with\b/i.test(statement))
    return /\b(?:insert\s+into|update\s+\S+\s+set|delete\s+from|merge\s+into)\b/i.test(statement)
      ? 'change'
      : judge(statement);
  return judge(statement);
}

/** A SELECT may write, and it may call a function that does. */
function judge(statement: string): SqlEffect {
  const text = statement.replace(/'(?:[^']|'')*'/g, "''");
  if (/^pragma\b/i.test(text)) return text.includes('=') ? 'change' : 'read';
  if (/^set\s+(?:global|persist)\b/i.test(text)) return 'change';
  if (/\b(?:into\s+(?!@)|for\s+(?:no key )?update|for\s+share)\b/i.test(text)) return 'unknown';
  if (WRITING_FUNCTION.test(text)) return 'unknown';
  const called = [...text.matchAll(/\b(pg_\w+)\s*\(/gi)].map(([, name = '']) => name);
  return called.every((name) => READING_FUNCTION.test(name)) ? 'read' : 'unknown';
}

/** The statements, without comments, split at semicolons that are not in quotes. */
function statementsOf(sql: string): readonly string[] {
  const parts: string[] = [''];
  for (const [token] of sql.matchAll(/'(?:[^']|'')*'|"[^"]*"|\$(\w*)\$[^]*?\$\1\$|--[^\n]*|\/\*[^]*?\*\/|;|[^]/g)) {
    if (token === ';') parts.push('');
    else if (!token.startsWith('--') && !token.startsWith('/*')) parts[parts.length - 1] += token;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

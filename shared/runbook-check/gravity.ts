/** Which findings come first: those that a careful engineer would name first. */
import { type Finding, SEVERITIES } from './finding.ts';

/** Of the same severity, the more dangerous rule comes first; rules that are not listed come after these. */
const DANGER: readonly string[] = [
  'deceptive-character',
  'secret-in-command',
  'destructive-without-approval',
  'destructive-command',
  'wrong-table',
  'local-or-remote',
  'unknown-subcommand',
  'rollback-in-migrations',
  'dump-without-data',
  'unreadable-command',
  'needs-terminal',
  'endless-command',
  'unknown-flag',
  'unread-hint',
  'unfilled-placeholder',
  'prints-help-only',
  'missing-app',
  'unqualified-image',
  'psql-without-on-error-stop',
  'curl-without-fail',
  'password-in-arguments',
  'hidden-exit-code',
  'unquoted-variable',
  'no-post-condition',
];

const rankOf = (rule: string): number => {
  const at = DANGER.indexOf(rule);
  return at < 0 ? DANGER.length : at;
};

/** For sorting: by severity, then by danger, then by place. */
export const byGravity = (a: Finding, b: Finding): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
  rankOf(a.rule) - rankOf(b.rule) ||
  a.line - b.line ||
  a.column - b.column;

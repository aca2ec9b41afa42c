/**
 * All rules of `rollbook check`, in the order they are listed. Rules about the same tool or the same fault share a file in
 * rules/; a new rule goes there, with one row here.
 */
import type { Rule, RunbookRule } from './rule.ts';
import { curlWithoutFail, curlWithoutLimit } from './rules/curl.ts';
import { currentFolder } from './rules/current-folder.ts';
import { deceptiveCharacter, mojibake, reorderedText } from './rules/deceptive-text.ts';
import {
  destructiveCommand,
  dumpWithoutData,
  localOrRemote,
  rollbackInMigrations,
  wrongTable,
} from './rules/supabase.ts';
import { endlessCommand } from './rules/endless-command.ts';
import { hiddenExitCode } from './rules/hidden-exit-code.ts';
import { missingApp, repeatedRestart, unqualifiedImage } from './rules/fly.ts';
import { needsTerminal } from './rules/needs-terminal.ts';
import { passwordInArguments } from './rules/password-in-arguments.ts';
import { printsHelpOnly } from './rules/prints-help-only.ts';
import { psqlWithoutOnErrorStop, psqlWithoutX } from './rules/psql.ts';
import { secretInCommand, secretInText } from './rules/secrets.ts';
import { sleepThenCheck } from './rules/sleep-then-check.ts';
import { unfilledPlaceholder } from './rules/unfilled-placeholder.ts';
import { unknownFlag } from './rules/unknown-flag.ts';
import { unknownSubcommand } from './rules/unknown-subcommand.ts';
import { unquotedVariable } from './rules/unquoted-variable.ts';
import { conflictingPolicies } from './rules/conflicting-policies.ts';
import { destructiveWithoutApproval } from './rules/destructive-without-approval.ts';
import { noProcedure, unreadableCommand, unreadHint } from './rules/unreadable.ts';
import { noPostCondition } from './rules/no-post-condition.ts';
import { reviewOverdue } from './rules/review-overdue.ts';
import { targetOutOfReach } from './rules/target-out-of-reach.ts';

/** Rules about one command. */
export const RULES: readonly Rule[] = [
  deceptiveCharacter,
  unknownSubcommand,
  unknownFlag,
  printsHelpOnly,
  endlessCommand,
  unfilledPlaceholder,
  curlWithoutFail,
  curlWithoutLimit,
  hiddenExitCode,
  psqlWithoutOnErrorStop,
  psqlWithoutX,
  secretInCommand,
  passwordInArguments,
  wrongTable,
  unqualifiedImage,
  repeatedRestart,
  unquotedVariable,
  missingApp,
  currentFolder,
  destructiveCommand,
  localOrRemote,
  dumpWithoutData,
  rollbackInMigrations,
  needsTerminal,
  sleepThenCheck,
];

/** Rules about the runbook as a whole. */
export const RUNBOOK_RULES: readonly RunbookRule[] = [
  destructiveWithoutApproval,
  unreadHint,
  unreadableCommand,
  secretInText,
  noProcedure,
  noPostCondition,
  targetOutOfReach,
  conflictingPolicies,
  reorderedText,
  reviewOverdue,
  mojibake,
];

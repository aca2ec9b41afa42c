/** All rules of the runbook check, in the order they are listed. A new rule is one file in rules/ and one row here. */
import type { Rule } from './rule.ts';
import { curlWithoutFail } from './rules/curl-without-fail.ts';
import { curlWithoutLimit } from './rules/curl-without-limit.ts';
import { currentFolder } from './rules/current-folder.ts';
import { deceptiveCharacter } from './rules/deceptive-character.ts';
import { destructiveCommand } from './rules/destructive-command.ts';
import { dumpWithoutData } from './rules/dump-without-data.ts';
import { endlessCommand } from './rules/endless-command.ts';
import { hiddenExitCode } from './rules/hidden-exit-code.ts';
import { localOrRemote } from './rules/local-or-remote.ts';
import { missingApp } from './rules/missing-app.ts';
import { needsTerminal } from './rules/needs-terminal.ts';
import { passwordInArguments } from './rules/password-in-arguments.ts';
import { printsHelpOnly } from './rules/prints-help-only.ts';
import { psqlWithoutX } from './rules/psql-without-x.ts';
import { psqlWithoutOnErrorStop } from './rules/psql-without-on-error-stop.ts';
import { repeatedRestart } from './rules/repeated-restart.ts';
import { rollbackInMigrations } from './rules/rollback-in-migrations.ts';
import { secretInCommand } from './rules/secret-in-command.ts';
import { sleepThenCheck } from './rules/sleep-then-check.ts';
import { unfilledPlaceholder } from './rules/unfilled-placeholder.ts';
import { unknownFlag } from './rules/unknown-flag.ts';
import { unknownSubcommand } from './rules/unknown-subcommand.ts';
import { unqualifiedImage } from './rules/unqualified-image.ts';
import { unquotedVariable } from './rules/unquoted-variable.ts';
import { wrongTable } from './rules/wrong-table.ts';

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

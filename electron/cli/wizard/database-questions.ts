/** Questions in a database rollback; rows of questions.ts. */
import { resolve } from 'node:path';
import { backupAge, backupStanding } from '#shared/platforms/supabase/backups.ts';
import { usualSqlFile } from '#shared/platforms/supabase/migrations.ts';
import { targetText, wordToType } from '#shared/platforms/postgres/target.ts';
import { choose, type Question, words } from './asking.ts';

export const DATABASE_QUESTIONS: { readonly [K in 'database' | 'migration']: Question } = {
  database: async (asking, step) => {
    const { identified } = asking.context.eventLog.state.database;
    if (identified === null || step === undefined) return null;
    const { target } = identified;
    asking.say(`\nPostgreSQL ${target.serverVersion} at ${targetText(target)}, user ${target.user}\n`);
    const word = wordToType(target);
    asking.say('If it is the wrong one: "other" for another way, "skip" leaves the step out, Ctrl-C leaves it open.\n');
    const letters = word.length > 4 ? 'at least the last four letters' : 'all of it';
    const typed = await words(asking, `If it is the right database, type the end of "${word}" (${letters})`);
    return typed === null ? null : [{ kind: 'confirm-database', stepId: step.id, typed }];
  },

  migration: async (asking, step) => {
    const { migrations: read } = asking.context.eventLog.state.database;
    if (read === null || step === undefined) return null;
    const labels = read.verdicts.map(({ version, why }) => `${version}  ${why}`);
    const index = await choose(asking, 'Undo which migration?', labels);
    const chosen = index === null ? undefined : read.migrations[index];
    if (chosen === undefined) return null;
    const standing = backupStanding(read.backups, chosen.at, read.backupProblem);
    asking.say(`\n${standing.why}\n`);
    for (const backup of (read.backups?.backups ?? []).slice(0, 5)) {
      const age = chosen.at === null ? '' : `, ${backupAge(backup, chosen.at)}`;
      asking.say(`  ${new Date(backup.at).toISOString()} ${backup.status}${age}\n`);
    }
    const usual = usualSqlFile(chosen);
    const file = await asking.prompt.ask(`The reviewed SQL file that undoes it [${usual}]: `);
    if (file === null) return null;
    const red = !standing.older || read.verdicts[index ?? 0]?.verdict === 'buried';
    const reason = red ? await words(asking, 'Why is it undone all the same') : '';
    if (reason === null) return null;
    // A drill's files have no place on this machine.
    const path = file === '' ? usual : file;
    const sqlFile = asking.context.adapter.name === 'simulated' ? path : resolve(asking.cwd, path);
    return [{ kind: 'choose-migration', stepId: step.id, version: chosen.version, sqlFile, reason }];
  },
};

/** The simulated `supabase migration list` and `repair`, compared with the real ones on a database (test/tools/parity). */
import { count } from '#shared/words/count.ts';
import { pause } from '#core/simulator/tool-call.ts';
import { migrationsTable } from './output.ts';
import {
  ANSWER_MS,
  confirmed,
  noLocalStack,
  Refused,
  type SupabaseCall,
  type Target,
  targetOf,
  valueOf,
} from './target.ts';

export async function listMigrations(call: SupabaseCall): Promise<void> {
  const target = connected(call);
  greet(call, target);
  await pause(call, ANSWER_MS);
  const remote = call.cloud.read().database?.migrations.map(({ version }) => version) ?? [];
  call.write('stdout', migrationsTable([], remote, call.late));
}

/** Takes a row out of the history; it runs no SQL of the migration. */
export async function repairMigrations(call: SupabaseCall): Promise<void> {
  const status = valueOf(call, '--status');
  if (status !== 'reverted' && status !== 'applied') {
    if (!call.late) call.write('stdout', 'DESCRIPTION\n  Repair the migration history table.\n');
    throw new Refused('Error: required flag(s) "status" not set');
  }
  const target = connected(call);
  const versions = call.args.slice(2).filter((word) => /^\d{14}$/.test(word));
  if (versions.length === 0) mustClearAll(call);
  else if (status === 'reverted') confirmed(call, `Mark ${count(versions.length, 'migration')} as reverted`);
  greet(call, target);
  await pause(call, ANSWER_MS);
  // A drill has no files of migrations to take the statements from.
  if (status === 'applied') throw new Refused(`glob supabase/migrations/${versions[0]}_*.sql: file does not exist`);
  call.cloud.update((cloud) => {
    const { database } = cloud;
    if (database === undefined) return cloud;
    const kept = database.migrations.filter(({ version }) => !versions.includes(version));
    return { ...cloud, database: { ...database, migrations: kept } };
  });
  const again = call.isThree ? ` --remote=<${target === 'connection' ? 'db-url' : 'ref'}>` : '';
  call.write('stderr', `Repaired migration history: [${versions.join(' ')}] => ${status}\n`);
  call.write('stderr', `Run supabase migration list${again} to show the updated migration history.\n`);
  call.write('stdout', 'Finished supabase migration repair.\n');
}

/** Without versions it means the whole history: version 2 asks, and takes no for the answer of a run without a terminal. */
function mustClearAll(call: SupabaseCall): never {
  confirmed(call, 'Clear the migration history table');
  if (call.isThree) throw new Refused('the drill simulator does not clear a migration history');
  const question = 'Do you want to repair the entire migration history table to match local migration files? [y/N] ';
  throw new Refused(question, 'context canceled');
}

function connected(call: SupabaseCall): Target {
  const target = targetOf(call, call.isThree ? 'local' : 'hosted');
  if (target === 'local') throw noLocalStack();
  return target;
}

function greet({ isThree, write }: SupabaseCall, target: Target): void {
  if (isThree) return;
  if (target === 'hosted') write('stderr', 'Initialising login role...\n');
  write('stderr', 'Connecting to remote database...\n');
}

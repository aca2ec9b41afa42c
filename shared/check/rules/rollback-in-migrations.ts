import { eachCall, type Rule } from '../rule.ts';

export const rollbackInMigrations: Rule = {
  name: 'rollback-in-migrations',
  severity: 'warning',
  about: 'Rollback SQL inside supabase/migrations is taken for a migration of the same version.',
  bad: [
    'psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f supabase/migrations/20250101000000_carts.rollback.sql',
    'psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f supabase/migrations/20250101000000_down.sql',
  ],
  good: [
    'psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f rollbacks/20250101000000_carts.sql',
    'cat supabase/migrations/20250101000000_carts.sql',
  ],
  check: eachCall((call) => {
    const file = call.args.find(({ text }) =>
      /\bsupabase\/migrations\/(?:(?!supabase\/migrations\/).)*[._-](?:rollback|down|undo|revert)\.sql\b/.test(text),
    );
    if (file === undefined) return null;
    return {
      at: file,
      message: 'The file name fits the pattern of migrations: the CLI takes it for a migration of the same version.',
      fix: 'Keep such files outside supabase/migrations, for example in rollbacks/.',
      source: 'supabase/cli pkg/migration/file.go',
    };
  }),
};

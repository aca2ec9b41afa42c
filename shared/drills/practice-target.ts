/**
 * A drill with real tools may only use targets that end in `-test`. This checks each command as it will be run, so that no
 * change of a procedure or variable gets around it.
 */
import { databasesIn, databasesNamed, setAnew } from '../platforms/postgres/client-arguments.ts';

export const PRACTICE = /-test$/;

export interface PracticeCommand {
  readonly tool: string;
  /** The arguments with variables filled in; for a script, its text. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly effect: 'read' | 'change';
}

/** Why a command may not run in a drill with real tools; null: it may. */
export function practiceProblem({ tool, args, env, effect }: PracticeCommand): string | null {
  const text = args.map((arg) => filled(arg, env)).join(' ');
  const apps = [...text.matchAll(/(?:^|\s)(?:-a|--app)[= ]"?([\w-]+)/g)].map(([, app = '']) => app);
  const wrongApp = apps.find((app) => !PRACTICE.test(app));
  if (wrongApp !== undefined) return `its app is ${wrongApp}`;
  // These only read public data or a database dump.
  if (effect === 'read') return null;
  const databases = [...text.matchAll(/\bpostgres(?:ql)?:\/\/[^\s"']*?\/([^\s"'?/]+)(?=[\s"'?]|$)/g)].map(
    ([, name = '']) => name,
  );
  databases.push(...named(tool, args, env));
  // Only set when Rollbook set it for this command.
  if (env['PGDATABASE'] !== undefined) databases.push(env['PGDATABASE']);
  const variable = setAnew(text)[0];
  if (variable !== undefined) return `it sets ${variable} itself`;
  const wrongDatabase = databases.find((name) => !PRACTICE.test(decodeURIComponent(name)));
  if (wrongDatabase !== undefined) return `its database is ${wrongDatabase}`;
  return apps.length > 0 || databases.length > 0 ? null : 'it does not say what it would change';
}

const filled = (text: string, env: Readonly<Record<string, string | undefined>>): string =>
  text.replace(/\$\{?(\w+)\}?/g, (found, name: string) => env[name] ?? found);

/** Databases that a client names in its arguments, which override the environment; addresses are checked elsewhere. */
function named(tool: string, args: readonly string[], env: PracticeCommand['env']): readonly string[] {
  const found = tool === 'bash' ? databasesIn(args.at(-1) ?? '') : databasesNamed(tool, args).map(({ value }) => value);
  return found
    .map((value) => filled(value, env))
    .filter((value) => !value.includes('://'))
    .map((value) => /\bdbname\s*=\s*'?([^\s']+)/.exec(value)?.[1] ?? value);
}

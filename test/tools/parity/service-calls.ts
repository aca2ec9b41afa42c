/** Rows as in calls.ts, for the tools that speak to a service: supabase by version, and fly. */
import { MIGRATION, type Parity } from './calls.ts';
import { shapeOf } from './shape.ts';

const presence = (text: string): boolean => text.trim() !== '';

/** Version 3 names the project by its title where it knows it; 2.104.0 alone puts commands in backticks. */
const withoutTarget = (text: string): unknown =>
  shapeOf(
    text
      .replaceAll(/project \S+ \([a-z]{20}\) · production/g, 'project P')
      .replaceAll(/\b[a-z]{20}\b/g, 'P')
      .replaceAll('`', ''),
  );

export function supabaseCalls(version: string): readonly Parity[] {
  const isThree = version.startsWith('3.');
  const project = (ref: string): readonly string[] => (isThree ? [`--remote=${ref}`] : ['--project-ref', ref]);
  const row = (name: string, code: number, args: Parity['args'], more: Partial<Parity> = {}): Parity => ({
    tool: 'supabase',
    name,
    code,
    args,
    stderr: withoutTarget,
    ...more,
  });
  const json = ['-o', 'json'];
  const restore = (side: { readonly project: string }) => [
    'backups',
    'restore',
    ...project(side.project),
    '-t',
    '1707407047',
  ];
  return [
    row('version', 0, () => ['--version']),
    row('projects', 0, () => ['projects', 'list', ...json]),
    row('backups', 0, (side) => ['backups', 'list', ...project(side.project), ...json]),
    row('backups of no project', 1, () => ['backups', 'list', ...json]),
    row('a restore, confirmed', 0, (side) => [...restore(side), ...(isThree ? ['--yes'] : [])]),
    row('a restore nobody confirmed', isThree ? 1 : 0, restore),
    row('no such group', 1, () => ['frobnicate'], { stdout: presence, stderr: presence }),
    row('no such command', 1, () => ['db', 'migrations', 'list'], { stdout: presence, stderr: presence }),
    row('an old command', 1, () => ['db', 'list-backups'], { stdout: presence, stderr: presence }),
  ];
}

/** Over a database with the same history on both sides; in this order, the last ones change it. */
export function migrationCalls(version: string): readonly Parity[] {
  const isThree = version.startsWith('3.');
  const row = (name: string, code: number, words: readonly string[], more: Partial<Parity> = {}): Parity => ({
    tool: 'supabase',
    name,
    code,
    args: ({ database }) => ['migration', ...words, ...(isThree ? [`--remote=${database}`] : ['--db-url', database])],
    stderr: withoutServer,
    ...more,
  });
  const repair = ['repair', MIGRATION, '--status', 'reverted'];
  return [
    row('list', 0, ['list']),
    row('list, json asked for in vain', 0, ['list', '-o', 'json']),
    row('repair of nothing named', 1, ['repair', '--status', 'reverted']),
    row('repair without a status', 1, ['repair', MIGRATION], { stdout: presence, stderr: presence }),
    row('repair of what has no file', 1, ['repair', MIGRATION, '--status', 'applied', '--yes']),
    ...(isThree ? [row('repair nobody confirmed', 1, repair)] : []),
    row('repair', 0, [...repair, ...(isThree ? ['--yes'] : [])]),
    row('list after the repair', 0, ['list']),
  ];
}

/** 2.104.0 says on stderr that it could not send its telemetry, whatever it is told about that. */
const withoutServer = (text: string): unknown =>
  shapeOf(
    text
      .replaceAll(/^posthog .*\n/gm, '')
      .replaceAll(/\([\w.]+:\d+\)/g, '(SERVER)')
      .replaceAll('`', ''),
  );

const fly = (name: string, code: number, args: Parity['args'], more: Partial<Parity> = {}): Parity => ({
  tool: 'fly',
  name,
  code,
  args,
  ...more,
});

/** JSON objects one behind the other, as `fly logs --json` prints them. */
const firstObject = (text: string): unknown => shapeOf(/^\{[\s\S]*?^\}/m.exec(text)?.[0] ?? '');

export const FLY_CALLS: readonly Parity[] = [
  fly('version', 0, () => ['version', '--json']),
  fly('whoami', 0, () => ['auth', 'whoami', '--json']),
  fly('whoami, as text', 0, () => ['auth', 'whoami'], { stdout: presence }),
  fly('releases', 0, ({ app }) => ['releases', '-a', app, '--json']),
  fly('status', 0, ({ app }) => ['status', '-a', app, '--json']),
  fly('secrets', 0, ({ app }) => ['secrets', 'list', '-a', app, '--json']),
  fly('logs', 0, ({ app }) => ['logs', '-a', app, '--no-tail', '--json'], { stdout: firstObject }),
  fly('no such app', 1, () => ['releases', '-a', 'no-such-app', '--json'], { stderr: presence }),
  fly('no app named', 1, () => ['status', '--json'], { stderr: presence }),
  fly('no rollback', 1, ({ app }) => ['releases', 'rollback', 'v9', '-a', app], { stdout: presence, stderr: presence }),
  fly('a group', 0, () => ['secrets', 'frobnicate'], { stdout: presence }),
  fly('no such command', 1, () => ['frobnicate'], { stdout: presence, stderr: presence }),
  fly('no such flag', 1, ({ app }) => ['deploy', '-a', app, '--region', 'iad'], { stdout: presence, stderr: presence }),
  fly('machines', 0, ({ app }) => ['machine', 'list', '-a', app, '--json']),
  fly('machines, ids alone', 0, ({ app }) => ['machines', 'list', '-a', app, '--quiet']),
  ...['cordon', 'stop', 'start', 'uncordon'].map((verb) =>
    fly(`machine ${verb}`, 0, ({ app, machine }) => ['machine', verb, machine, '-a', app]),
  ),
  fly('no machine named', 1, ({ app }) => ['machine', 'stop', '-a', app], { stderr: presence }),
  fly('no such machine', 1, ({ app }) => ['machine', 'stop', '00000000000000', '-a', app]),
  fly('secret set', 0, ({ app }) => ['secrets', 'set', 'A=b', '-a', app], { stdout: presence, stderr: presence }),
  fly('secret unset', 0, ({ app }) => ['secrets', 'unset', 'A', '-a', app], { stdout: presence, stderr: presence }),
];

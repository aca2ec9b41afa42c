import {
  type ChecksOf,
  failed,
  firstLine,
  type Found,
  ok,
  type ReadAnswer,
  unknown,
  uses,
} from '../readiness-check.ts';

const NO_NETWORK =
  /dial tcp|lookup |no such host|transport error|ENOTFOUND|connection refused|timed? ?out|context deadline/i;

const LOGINS: readonly {
  readonly tool: string;
  readonly title: string;
  readonly ask: readonly string[];
  readonly who: (stdout: string) => string;
  readonly fix: string;
}[] = [
  {
    tool: 'fly',
    title: 'Fly.io login',
    ask: ['auth', 'whoami', '--json'],
    who: (stdout) => /"email"\s*:\s*"([^"]+)"/.exec(stdout)?.[1] ?? stdout.trim(),
    fix: 'Run "fly auth login" in a terminal, or set FLY_API_TOKEN. A login is good for 30 days (flyctl v0.3.210).',
  },
  {
    tool: 'supabase',
    title: 'Supabase login',
    ask: ['projects', 'list', '-o', 'json'],
    who: (stdout) => `${[...stdout.matchAll(/"ref"\s*:/g)].length} projects in reach`,
    fix: 'Run "supabase login" in a terminal, or set SUPABASE_ACCESS_TOKEN.',
  },
];

export const logins: ChecksOf = ({ model, read }) =>
  LOGINS.filter(({ tool }) => uses(model, tool)).map(({ tool, title, ask, who, fix }) => ({
    id: `login ${tool}`,
    group: 'logins' as const,
    title,
    look: async () => foundIn(await read(tool, ask), tool, who, fix),
  }));

function foundIn(answer: ReadAnswer, tool: string, who: (stdout: string) => string, fix: string): Found {
  if (answer.kind === 'not-asked') return unknown(answer.why);
  if (answer.code === 0) return ok(who(answer.stdout));
  if (answer.code === null) return unknown(`${tool} did not answer in time`, 'Check the network, then look again.');
  const said = firstLine(answer);
  return NO_NETWORK.test(said) ? unknown(said, 'Check the network, then look again.') : failed(said, fix);
}

/** The environment a command gets: the person's own, without what would bend a command unseen, plus what we set. */

import { delimiter, isAbsolute, sep } from 'node:path';

export type Environment = Readonly<Record<string, string>>;

/**
 * Names that never reach a command: the package manager's and Node's own, Electron's, shell start-up code, and
 * variables that silently change what `fly`, `psql` or `supabase` act on or print (flyctl v0.4.87, supabase 2.x,
 * PostgreSQL 15, "Environment Variables" of libpq). A step may set them for itself.
 */
const STRIPPED: readonly RegExp[] = [
  /^npm_/,
  /^NODE/,
  /^ELECTRON_/,
  /^BASH_ENV$/,
  /^BASH_FUNC_/,
  /^FLY_(?:APP|ORG|REGION|JSON)$/,
  /^PG/,
  /^SUPABASE_YES$/,
  /^ROLLBOOK_(?:RUN|INVOCATION|SLACK_\w+)$/,
];

/** Of those, what only lets a command reach its target over this network: it stays as the engineer set it. */
const REACHES: readonly RegExp[] = [
  /^NODE_(?:EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|USE_ENV_PROXY|USE_SYSTEM_CA)$/,
  /^npm_config_(?:ca|cafile|https?_proxy|noproxy|proxy|strict_ssl)$/i,
  /^PG(?:SSL\w+|GSS\w+|KRBSRVNAME|REQUIRESSL|REQUIREAUTH|CHANNELBINDING|PASSFILE|SERVICEFILE|SYSCONFDIR|CONNECT_TIMEOUT)$/,
];

/** Quiet and plain output. FLY_JSON is not among them: it changes the text that runbooks show. */
const SET: Environment = {
  FLY_NO_UPDATE_CHECK: '1',
  FLY_SEND_METRICS: '0',
  FLY_NO_INCIDENTS_CHECK: '1',
  FLY_SYNTHETICS_AGENT: '0',
  SUPABASE_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  NO_COLOR: '1',
  CLICOLOR: '0',
  GIT_TERMINAL_PROMPT: '0',
  PAGER: 'cat',
  GIT_PAGER: 'cat',
};

/** `source`: the login shell's variables (login-shell.ts) or `process.env`. `step`: what the step sets; it has the last word. */
export function childEnvironment(
  source: Readonly<Record<string, string | undefined>>,
  step: Environment = {},
): Environment {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(source)) {
    if (value === undefined || isStripped(name)) continue;
    kept[name] = isPath(name) ? searchPath(value).join(delimiter) : value;
  }
  return { ...inEnglish(kept), ...SET, ...step };
}

const isStripped = (name: string): boolean =>
  STRIPPED.some((pattern) => pattern.test(name)) && !REACHES.some((pattern) => pattern.test(name));

/**
 * Rules and explanations read what tools say in English. Only the language of messages changes: characters, sorting,
 * numbers and dates stay the person's. `LC_ALL` would come before `LC_MESSAGES`, so its value moves to `LANG`.
 */
function inEnglish(variables: Environment): Environment {
  const { LC_ALL: all = '', LANGUAGE: _languages, ...rest } = variables;
  if (all === '') return { ...rest, LC_MESSAGES: 'C' };
  const others = Object.entries(rest).filter(([name]) => !name.startsWith('LC_'));
  return { ...Object.fromEntries(others), LANG: all, LC_MESSAGES: 'C' };
}

/** The folders a tool may come from: relative ones and npm's own (`node_modules/.bin`) would make it depend on where we stand. */
export function searchPath(path: string): readonly string[] {
  return path
    .split(delimiter)
    .filter((entry) => isAbsolute(entry) && !/node_modules[/\\]\.bin|node-gyp-bin/.test(entry.split(sep).join('/')));
}

/** PATH of an environment; Windows spells it as it likes. */
export function pathOf(environment: Environment): string {
  return Object.entries(environment).find(([name]) => isPath(name))?.[1] ?? '';
}

const isPath = (name: string): boolean =>
  process.platform === 'win32' ? name.toUpperCase() === 'PATH' : name === 'PATH';

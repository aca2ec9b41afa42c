/**
 * Collects the command tables of shared/check/grammar/tables from the help of real binaries.
 * Usage: node test/tools/collect-grammar.mjs TOOL BINARY [GROUP]   (supabase, docker, git, npm, curl or psql; of one group only, into the table that is there)
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readHelpPage } from '../../shared/check/help/help-page.ts';

const [tool = '', binary = tool, only = ''] = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'rollbook-grammar-'));
const env = { ...process.env, HOME: scratch, NO_COLOR: '1', DO_NOT_TRACK: '1', SUPABASE_TELEMETRY_DISABLED: '1' };
const ask = (/** @type {string[]} */ ...args) => {
  const { stdout, stderr, status } = spawnSync(binary, args, { cwd: scratch, env, encoding: 'utf8', timeout: 20_000 });
  return { text: `${stdout}\n${stderr}`, stdout, status };
};

/** Commands that people add to git, which cannot be checked. */
const EXTERNAL_GIT = [
  'lfs?',
  'flow?',
  'annex?',
  'crypt?',
  'filter-repo?',
  'secret?',
  'absorb?',
  'town?',
  'extras?',
  'delta?',
  'credential-manager?',
];
/** Plugins that may or may not be installed. */
const DOCKER_PLUGINS =
  'compose? buildx? scout? ai? model? mcp? desktop? debug? init? sbom? extension? offload? cloud? dev?';
/** Old names, which are accepted but not listed. */
/** @type {Record<string, string>} */
const HIDDEN = {
  'docker restart': '--time=',
  'docker stop': '--time=',
  'docker container restart': '--time=',
  'docker container stop': '--time=',
};

/** @type {Record<string, string>} */
const pages = {};
/** The groups of commands that runbooks use; others of a large tool are not checked. */
const WANTED = {
  docker:
    /^(?:$|ps|logs|run|exec|start|stop|restart|kill|rm|rmi|pull|push|tag|images|inspect|stats|top|cp|save|load|login|version|info|(?:container|image|service|stack|volume|system|context|node|secret|swarm|network|config)(?: |$))/,
  supabase:
    /^(?:$|(?:db|migration|backups|secrets|projects|branches|functions|inspect|gen|orgs|snippets|domains|network-bans|config|test)(?: |$)|link|unlink|login|status|start|stop|seed|init|services|whoami)/,
};

/** Programs of which every command has --help. */
function walk(/** @type {string[]} */ path, /** @type {Set<string>} */ globals) {
  const page = readHelpPage(ask(...path, '--help').text);
  const own = page.path?.length === path.length;
  if (!own) return;
  const key = path.join(' ');
  const group = path.slice(0, -1).join(' ');
  for (const alias of page.aliases) {
    const other = alias.at(-1);
    const sibling = alias.length === path.length && alias.slice(0, -1).join(' ') === group && other !== path.at(-1);
    if (sibling && pages[group] !== undefined) pages[group] += ` ${other}>${path.at(-1)}`;
  }
  const hidden = tool === 'supabase' && page.subcommands.length === 0 ? hiddenFlags(path) : [];
  hidden.push(...(HIDDEN[`${tool} ${key}`]?.split(' ') ?? []));
  pages[key] = [...new Set([...page.flags, ...hidden, ...page.subcommands])]
    .filter((token) => !globals.has(token))
    .join(' ');
  for (const name of page.subcommands) {
    const child = [...path, name];
    if (WANTED[/** @type {'docker'} */ (tool)]?.test(child.join(' '))) walk(child, globals);
  }
}

/** Flags that are accepted and not listed. All unknown ones are named at once; one that cannot exist keeps the command from running. */
function hiddenFlags(/** @type {string[]} */ path) {
  const asked = ['--linked', '--local', '--db-url=x', '--project-ref=x', '--password=x'];
  const { text } = ask(...path, ...asked, '--no-such-flag-at-all');
  if (!text.includes('--no-such-flag-at-all')) return [];
  return asked
    .map((flag) => flag.replace(/x$/, ''))
    .filter((flag) => !text.includes(`${flag.replace('=', '')} in command`));
}

let global = '-h --help';
switch (tool) {
  case 'supabase': {
    const { flags } = readHelpPage(ask('--help').text);
    global = [...new Set(flags)].join(' ');
    pages[''] = only === '' ? '' : [...new Set(readHelpPage(ask('--help').text).subcommands)].join(' ');
    walk(only === '' ? [] : [only], new Set(flags));
    break;
  }
  case 'docker':
    walk([], new Set());
    pages[''] += ` ${DOCKER_PLUGINS}`;
    break;
  case 'git': {
    spawnSync('git', ['init', '-q', '.'], { cwd: scratch });
    const { flags } = readHelpPage(ask('--help').text);
    global = '-h --help';
    const names = ask('--list-cmds=main').stdout.trim().split('\n');
    pages[''] = [
      ...names,
      ...EXTERNAL_GIT,
      '-C=',
      '-c=',
      '-p',
      '-P',
      '--no-pager',
      '--paginate',
      '--version',
      '-v',
      '--git-dir=',
      '--work-tree=',
      '--bare',
      '--exec-path',
      '--namespace=',
      '--no-replace-objects',
      '--literal-pathspecs',
      '--config-env=',
      ...flags,
    ].join(' ');
    for (const name of [
      'status',
      'checkout',
      'switch',
      'revert',
      'reset',
      'restore',
      'push',
      'pull',
      'fetch',
      'clone',
      'tag',
      'branch',
      'stash',
      'worktree',
      'remote',
      'merge',
      'rebase',
      'cherry-pick',
      'clean',
      'commit',
      'describe',
      'ls-remote',
      'init',
      'mv',
      'rm',
      'add',
    ]) {
      pages[name] = gitPage([name]);
      if (!['stash', 'worktree', 'remote'].includes(name)) continue;
      for (const inner of pages[name].split(' ').filter((token) => /^[a-z]/.test(token)))
        pages[`${name} ${inner}`] = gitPage([name, inner]);
    }
    break;
  }
  case 'npm': {
    const listed = /All commands:\s*([\s\S]*?)\n\n(?=\S)/.exec(ask('help').stdout)?.[1] ?? '';
    const names = listed.split(/[\s,]+/).filter(Boolean);
    pages[''] = [
      ...names,
      ...names.flatMap((name) =>
        (/^alias(?:es)?: (.*)$/m.exec(ask(name, '--help').stdout)?.[1] ?? '')
          .split(', ')
          .filter(Boolean)
          .map((alias) => `${alias}>${name}`),
      ),
      '*',
    ].join(' ');
    for (const name of names) pages[name] = '*';
    break;
  }
  default: {
    const { flags } = readHelpPage(ask(...(tool === 'curl' ? ['--help', 'all'] : ['--help'])).text);
    pages[''] = [...new Set(flags)].join(' ');
    global = '';
  }
}

/** git lists all long options, also hidden ones; the short ones are in its usage. */
function gitPage(/** @type {string[]} */ path) {
  const told = ask(...path, '--git-completion-helper-all');
  const long =
    told.status === 0
      ? told.stdout
          .trim()
          .split(/\s+/)
          .filter((word) => word !== '--')
      : ['*'];
  const short = readHelpPage(ask(...path, '-h').text).flags.filter((flag) => !flag.startsWith('--'));
  return [...new Set([...long, ...short])].join(' ');
}

const version = /\d+\.\d+(?:\.\d+)?/.exec(ask('--version').stdout)?.[0] ?? 'unknown';
const name = `${tool.toUpperCase()}_${version.replaceAll('.', '_')}`;
const shortened = ['git', 'curl', 'psql'].includes(tool) ? '  shortened: true,\n' : '';
const file = fileURLToPath(new URL(`../../shared/check/grammar/tables/${tool}-${version}.ts`, import.meta.url));
const before =
  only === ''
    ? {}
    : /** @type {Record<string, { pages: Record<string, string> }>} */ ((await import(file))[name]?.pages ?? {});
const rows = Object.entries({ ...before, ...pages }).map(
  ([path, text]) => `    ${JSON.stringify(path)}: ${JSON.stringify(text)},\n`,
);
writeFileSync(
  file,
  `/** From the help of ${tool} ${version}, by test/tools/collect-grammar.mjs. */\nimport type { ToolTable } from '../table.ts';\n\n` +
    `export const ${name}: ToolTable = {\n  tool: '${tool}',\n  version: '${version}',\n  global: ${JSON.stringify(global)},\n${shortened}  pages: {\n${rows.join('')}  },\n};\n`,
);
rmSync(scratch, { recursive: true, force: true });
process.stdout.write(`${tool} ${version}: ${rows.length} pages\n`);

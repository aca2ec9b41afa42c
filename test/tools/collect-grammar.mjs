/**
 * Collects the command tables of shared/runbook-check/grammar/tables from the help of real binaries, and adds what no help page lists
 * from grammar-overlay.json.
 * Usage: npm run grammar -- TOOL BINARY [GROUP] [--to=FOLDER]   (fly, supabase, docker, git, npm, curl or psql; of one group
 * only, into the table that is there)
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { toolTableSchema } from '../../shared/runbook-check/grammar/tool-table.ts';
import { readHelpPage } from '../../shared/runbook-check/help-page.ts';
import overlays from './grammar-overlay.json' with { type: 'json' };

const { values, positionals } = parseArgs({ allowPositionals: true, options: { to: { type: 'string' } } });
const [tool = '', binary = tool, only = ''] = positionals;
const folder = values.to ?? fileURLToPath(new URL('../../shared/runbook-check/grammar/tables', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'rollbook-grammar-'));
const env = { ...process.env, HOME: scratch, NO_COLOR: '1', DO_NOT_TRACK: '1', SUPABASE_TELEMETRY_DISABLED: '1' };
const ask = (/** @type {string[]} */ ...args) => {
  const { stdout, stderr, status } = spawnSync(binary, args, { cwd: scratch, env, encoding: 'utf8', timeout: 20_000 });
  return { text: `${stdout}\n${stderr}`, stdout, status };
};

/** @typedef {import('../../shared/runbook-check/grammar/tool-table.ts').CommandEntry} CommandEntry */
/** @type {Record<string, CommandEntry>} */
const commands = {};
/** What the tool accepts and no help page lists; each entry says its source. */
/** @type {Record<string, CommandEntry>} */
const overlay =
  /** @type {Record<string, { commands: Record<string, CommandEntry> }>} */ (overlays)[tool]?.commands ?? {};
/** Groups people write in runbooks; the rest of a big tool cannot be told. */
const WANTED = {
  fly: /./,
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
    const parent = commands[group];
    if (sibling && parent !== undefined && other !== undefined)
      commands[group] = { ...parent, aliases: { ...parent.aliases, [other]: path.at(-1) ?? '' } };
  }
  const hidden = tool === 'supabase' && page.subcommands.length === 0 ? hiddenFlags(path) : [];
  hidden.push(...(overlay[key]?.flags ?? []));
  const flags = [...new Set([...page.flags, ...hidden])].filter((flag) => !globals.has(flag));
  const { subcommands: unlisted = [], aliases, uncertain } = overlay[key] ?? {};
  const subcommands = [...new Set([...page.subcommands, ...unlisted])];
  commands[key] = entry({ flags, subcommands, ...(aliases ? { aliases } : {}), ...(uncertain ? { uncertain } : {}) });
  for (const name of subcommands) {
    const child = [...path, name];
    if (WANTED[/** @type {'docker'} */ (tool)]?.test(child.join(' '))) walk(child, globals);
  }
}

/** Empty lists are left out. */
function entry(/** @type {CommandEntry} */ { flags = [], subcommands = [], ...rest }) {
  return {
    ...(flags.length > 0 ? { flags } : {}),
    ...(subcommands.length > 0 ? { subcommands } : {}),
    ...rest,
  };
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

let globalFlags = ['-h', '--help'];
switch (tool) {
  case 'supabase': {
    const { flags } = readHelpPage(ask('--help').text);
    globalFlags = [...new Set(flags)];
    if (only !== '') commands[''] = entry({ subcommands: [...new Set(readHelpPage(ask('--help').text).subcommands)] });
    walk(only === '' ? [] : [only], new Set(flags));
    break;
  }
  case 'docker':
    walk([], new Set());
    break;
  case 'fly':
    // The flags of the root page that every command has: all but its version.
    globalFlags = readHelpPage(ask('--help').text).flags.filter((flag) => !/^(?:-v|--version)$/.test(flag));
    walk([], new Set(globalFlags));
    break;
  case 'git': {
    spawnSync('git', ['init', '-q', '.'], { cwd: scratch });
    const { flags } = readHelpPage(ask('--help').text);
    const names = ask('--list-cmds=main').stdout.trim().split('\n');
    const ownFlags = [
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
    ];
    commands[''] = { flags: [...new Set(ownFlags)], subcommands: names, ...overlay[''] };
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
      const own = (commands[name] = gitCommand([name]));
      if (!['stash', 'worktree', 'remote'].includes(name)) continue;
      for (const inner of own.subcommands ?? []) commands[`${name} ${inner}`] = gitCommand([name, inner]);
    }
    break;
  }
  case 'npm': {
    const listed = /All commands:\s*([\s\S]*?)\n\n(?=\S)/.exec(ask('help').stdout)?.[1] ?? '';
    const names = listed.split(/[\s,]+/).filter(Boolean);
    const aliases = names.flatMap((name) =>
      (/^alias(?:es)?: (.*)$/m.exec(ask(name, '--help').stdout)?.[1] ?? '')
        .split(', ')
        .filter(Boolean)
        .map((alias) => [alias, name]),
    );
    commands[''] = { moreFlags: true, subcommands: names, aliases: Object.fromEntries(aliases) };
    for (const name of names) commands[name] = { moreFlags: true };
    break;
  }
  default: {
    const { flags } = readHelpPage(ask(...(tool === 'curl' ? ['--help', 'all'] : ['--help'])).text);
    commands[''] = entry({ flags: [...new Set(flags)] });
    globalFlags = [];
  }
}

/** git lists every option, hidden ones too; short ones are in its usage only. */
function gitCommand(/** @type {string[]} */ path) {
  const told = ask(...path, '--git-completion-helper-all');
  const words = told.status === 0 ? told.stdout.trim().split(/\s+/) : [];
  const short = readHelpPage(ask(...path, '-h').text).flags.filter((flag) => !flag.startsWith('--'));
  return entry({
    flags: [...new Set([...words.filter((word) => word.startsWith('-') && word !== '--'), ...short])],
    subcommands: words.filter((word) => /^[a-z]/.test(word)),
    ...(told.status === 0 ? {} : { moreFlags: /** @type {const} */ (true) }),
  });
}

const version = /\d+\.\d+(?:\.\d+)?/.exec(ask(tool === 'fly' ? 'version' : '--version').stdout)?.[0] ?? 'unknown';
const file = join(folder, `${tool}-${version}.json`);
const before = only === '' ? {} : toolTableSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).commands;
/** @type {import('../../shared/runbook-check/grammar/tool-table.ts').ToolTable} */
const table = {
  tool,
  version,
  source: `Help of ${tool} ${version}, collected by test/tools/collect-grammar.mjs${tool in overlays ? ', and grammar-overlay.json' : ''}`,
  ...(['git', 'curl', 'psql'].includes(tool) ? { shortenedFlags: true } : {}),
  globalFlags,
  commands: { ...before, ...commands },
};
writeFileSync(file, `${JSON.stringify(table, null, 2)}\n`);
rmSync(scratch, { recursive: true, force: true });
process.stdout.write(`${tool} ${version}: ${Object.keys(table.commands).length} commands\n`);

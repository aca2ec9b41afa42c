/** The script that makes a command table: from help pages of a program on disk, and the overlay of unlisted names. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { toolTableSchema } from '#shared/runbook-check/grammar/tool-table.ts';
import { dataFolder } from '../fixtures/data-folder.ts';

const SCRIPT = fileURLToPath(new URL('../tools/collect-grammar.mjs', import.meta.url));

const GLOBAL = [
  'Global Flags:',
  '  -t, --access-token string   Fly API Access Token',
  '      --verbose               Verbose output',
];
/** Help pages as cobra prints them, by the words of the command. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  '': [
    'This is flyctl.',
    '',
    'Usage:',
    '  fly [flags]',
    '  fly [command]',
    '',
    'Available Commands:',
    '  deploy      Deploy Fly applications',
    '  machine     Manage Fly Machines',
    '',
    'Flags:',
    '  -t, --access-token string   Fly API Access Token',
    '  -h, --help                  help for fly',
    '      --verbose               Verbose output',
    '  -v, --version               version',
  ],
  deploy: [
    'Deploy Fly applications.',
    '',
    'Usage:',
    '  fly deploy [WORKING_DIRECTORY] [flags]',
    '',
    'Flags:',
    '  -a, --app string   Application name',
    '      --yes          Accept all confirmations',
    '',
    ...GLOBAL,
  ],
  machine: [
    'Manage Fly Machines.',
    '',
    'Usage:',
    '  fly machine <command> [flags]',
    '  fly machine [command]',
    '',
    'Aliases:',
    '  machine, machines, m',
    '',
    'Available Commands:',
    '  restart     Restart Machines',
    '',
    ...GLOBAL,
  ],
  'machine restart': [
    'Restart Machines.',
    '',
    'Usage:',
    '  fly machine restart [<id>...] [flags]',
    '',
    'Flags:',
    '      --time int   Seconds to wait',
    '',
    ...GLOBAL,
  ],
};

it('makes a table of fly with its flags, its aliases, and what no help page lists', () => {
  const folder = dataFolder();
  const pages = join(folder, 'pages');
  mkdirSync(pages);
  for (const [path, lines] of Object.entries(PAGES)) writeFileSync(join(pages, `${path} `), `${lines.join('\n')}\n`);
  const fly = join(folder, 'fly');
  // As the real one: an unknown command gets the help of the group before it.
  writeFileSync(
    fly,
    `#!/bin/sh\nif [ "$1" = version ]; then echo 'fly v9.8.7 linux/amd64'; exit; fi\nwords=''\nfor word; do [ "$word" = --help ] || words="$words\${words:+ }$word"; done\ncat '${pages}/'"$words " 2>/dev/null || cat '${pages}/ '\n`,
  );
  chmodSync(fly, 0o755);
  execFileSync(process.execPath, [SCRIPT, 'fly', fly, `--to=${folder}`]);
  const table = toolTableSchema.parse(JSON.parse(readFileSync(join(folder, 'fly-9.8.7.json'), 'utf8')));
  expect(table.globalFlags).toEqual(expect.arrayContaining(['-t=', '--access-token=', '--verbose']));
  expect(table.globalFlags).not.toContain('--version');
  const { commands } = table;
  expect(Object.keys(commands).toSorted()).toEqual(['', 'deploy', 'machine', 'machine restart']);
  expect(commands['']?.aliases).toMatchObject({ machines: 'machine', m: 'machine', vol: 'volumes' });
  expect(commands['']?.subcommands).toEqual(expect.arrayContaining(['deploy', 'machine', 'registry']));
  expect(commands['deploy']?.flags).toEqual(expect.arrayContaining(['-a=', '--app=', '--yes', '--http-failover']));
  expect(commands['deploy']?.flags).not.toContain('--verbose');
  expect(commands['machine restart']?.flags).toEqual(expect.arrayContaining(['--time=', '--select']));
});

/** Compares the flags of the simulated fly with flyctl's published help pages, which are in the corpus of the rules. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { code, drill } from './drill.ts';

interface Pages {
  readonly global: string;
  readonly commands: Readonly<Record<string, { readonly flags?: string; readonly subcommands?: string }>>;
}

const file = new URL('../../fixtures/runbook-check/corpus/fly-help.json', import.meta.url);
const { global, commands } = JSON.parse(readFileSync(file, 'utf8')) as Pages;

/** What a drill plays. */
const PLAYED = [
  'releases',
  'deploy',
  'status',
  'logs',
  'auth whoami',
  'secrets list',
  'secrets set',
  'secrets unset',
  'machine list',
  'machine stop',
  'machine start',
  'machine cordon',
  'machine uncordon',
];
/** Flags in flyctl's source that no page lists: hidden ones and aliases. */
const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  deploy: [
    ...['--only-regions=', '--immediate-max-concurrent=', '--builder-pool=', '--buildkit-addr=', '--buildkit-image='],
    ...['--export-manifest=', '--from-manifest=', '--force-machines', '--http-failover'],
    ...['--vm-gpu-kind=', '--vm-gpukind=', '--vm-gpus=', '--vm-max-memory='],
  ],
  logs: ['-i=', '--instance='],
  'machine stop': ['--select'],
  'machine start': ['--select'],
  'machine cordon': ['--select'],
  'machine uncordon': ['--select'],
};
/** In the format of the corpus: `--name=` takes a value. */
async function simulated(command: string): Promise<readonly string[]> {
  const { run } = await drill('app-rollback');
  const ran = await run('fly', [...command.split(' '), '--help']);
  expect(ran.exit).toEqual(code(0));
  const flags = ran.stdout.slice(ran.stdout.indexOf('\nFlags:\n'), ran.stdout.indexOf('\nGlobal Flags:'));
  return [...flags.matchAll(/^ {2}(--?[\w-]+)( value)?$/gm)].map(
    ([, name, value]) => `${name}${value === undefined ? '' : '='}`,
  );
}

describe.each(PLAYED)('fly %s', (command) => {
  const page = (commands[command]?.flags ?? '').split(' ').filter((flag) => flag !== '');

  it('takes no flag that its page does not have, and with a value where the page has one', async () => {
    const known = new Set([...page, ...global.split(' '), ...(HIDDEN[command] ?? [])]);
    expect(page.length).toBeGreaterThan(0);
    expect((await simulated(command)).filter((flag) => !known.has(flag))).toEqual([]);
  });

  it('takes every flag of its page', async () => {
    const taken = new Set(await simulated(command));
    expect(page.filter((flag) => !taken.has(flag))).toEqual([]);
  });
});

describe('fly machine', () => {
  it('knows the subcommands of its page', async () => {
    const { run } = await drill('app-rollback');
    const { stdout } = await run('fly', ['machine']);
    const listed = [...stdout.matchAll(/^ {2}([\w-]+)$/gm)].map(([, word]) => word);
    expect((commands['machine']?.subcommands ?? '').split(' ').filter((word) => !listed.includes(word))).toEqual([]);
  });
});

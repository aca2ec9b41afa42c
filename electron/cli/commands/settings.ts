/** `rollbook settings`: what a team sets once on this machine, for each runbook and for Rollbook itself. */
import { settingChangeSchema } from '#shared/settings/setting-schemas.ts';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { RollbookError } from '#shared/api/result.ts';
import { overallState } from '#shared/readiness/readiness.ts';
import {
  type RunbookSettingsView,
  type SecretSource,
  type SettingChange,
  type SettingsView,
  sourceWords,
} from '#shared/settings/settings.ts';
import type { OpenCore } from '#core/core.ts';
import { BUNDLED } from '#core/runbooks/runbook-repository.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { SETTING_KEYS } from '../definitions/setting-keys.ts';
import { columns, print, type Terminal } from '../terminal.ts';
import { asTypedHere, invocation } from '../invocation.ts';

export interface SettingsOptions {
  /** The file of the runbook that is meant; the bundled one by default. */
  readonly runbook?: string;
  readonly json: boolean;
}

/** All runbooks, or the one that is named. Codes: those of reading a runbook file. */
export async function listSettings(
  terminal: Terminal,
  core: OpenCore,
  { runbook, json }: SettingsOptions,
): Promise<ExitCode> {
  const name = runbook === undefined ? null : await runbookName(terminal, core, runbook);
  const view = await core.services.settings.view();
  const runbooks = view.runbooks.filter((each) => name === null || each.name === name);
  print(terminal, json, { ...view, runbooks }, describe);
  return EXIT.ok;
}

/** `words` empty: taken back. A secret that was set is tried at once. Codes: `bad-arguments`, and those of SettingsService. */
export async function changeSetting(
  terminal: Terminal,
  core: OpenCore,
  key: string,
  words: readonly string[],
  { runbook, json }: SettingsOptions,
): Promise<ExitCode> {
  const name = await runbookName(terminal, core, runbook);
  const change = await changeOf(terminal, name, key, words);
  const parsed = settingChangeSchema.safeParse(change);
  if (!parsed.success) {
    const why = parsed.error.issues[0]?.message ?? 'not as it should be';
    throw new RollbookError('bad-arguments', `${key}: ${why}.`, SETTING_KEYS);
  }
  const view = await core.services.settings.change(parsed.data);
  const tried = await tryIt(core, view, parsed.data);
  print(terminal, json, { changed: key, tried, settings: view }, () => changedText(key, words.length === 0, tried));
  return tried?.state === 'failed' ? EXIT.failed : EXIT.ok;
}

function changedText(key: string, taken: boolean, tried: Awaited<ReturnType<typeof tryIt>>): string {
  const done = taken ? `${key} is taken back` : `${key} is set`;
  if (tried === null) return `${done}.`;
  const detail = tried.detail.replace(/\.$/, '');
  if (taken) return `${done}; now: ${detail}.`;
  if (tried.state === 'ok') return `${done} and works: ${detail}.`;
  if (tried.state !== 'failed') return `${done}, but look: ${detail}.`;
  return `${key} is stored, but it does not work: ${detail}.${tried.fix === null ? '' : `\n  ${asTypedHere(tried.fix)}`}`;
}

/** The id of the readiness check that a change may have mended or broken. */
async function tryIt(core: OpenCore, view: SettingsView, change: SettingChange) {
  const id = checkedAs(change);
  if (id === null || !('runbook' in change)) return null;
  const hash = view.runbooks.find(({ name }) => name === change.runbook)?.hash ?? null;
  const { items } = await core.services.readiness.read(hash, [id]);
  const [item] = items;
  return item === undefined ? null : { state: overallState(items), detail: item.detail, fix: item.fix };
}

function checkedAs(change: SettingChange): string | null {
  switch (change.what) {
    case 'secret':
    case 'keep-secret':
      return `secret ${change.name}`;
    case 'checkout':
    case 'approvers':
      return change.what;
    default:
      return null;
  }
}

async function runbookName(terminal: Terminal, core: OpenCore, file: string | undefined): Promise<string> {
  if (file === undefined || file === BUNDLED) return BUNDLED;
  return (await core.services.runbooks.importFile(resolve(terminal.cwd, file))).name;
}

/** The change that a key and its words ask for; the caller checks it against the schema. */
async function changeOf(terminal: Terminal, runbook: string, key: string, words: readonly string[]): Promise<unknown> {
  const [first] = words;
  const secret = /^secret\.(.+)$/.exec(key)?.[1] ?? /^slack\.(?:live|drill)$/.exec(key)?.[0].replace('.', ':');
  if (secret !== undefined) {
    if (first === 'keychain') return { what: 'keep-secret', runbook, name: secret, value: await typedSecret(terminal) };
    return { what: 'secret', runbook, name: secret, source: first === undefined ? null : sourceOf(terminal, words) };
  }
  const program = /^approved\.(.+)$/.exec(key)?.[1];
  if (program !== undefined) {
    if (first === undefined) return { what: 'revoke-program', tool: program };
    const advice = `It is approved where its findings are: ${invocation()} check FILE --approve NAME.`;
    throw new RollbookError('bad-arguments', `${key} can only be taken back here.`, advice);
  }
  switch (key) {
    case 'checkout':
      return { what: 'checkout', runbook, path: first === undefined ? null : resolve(terminal.cwd, first) };
    case 'approvers':
      return { what: 'approvers', runbook, approvers: words.map(approverOf) };
    case 'connect-database':
      return { what: 'connect-database', runbook, on: onOff(key, first ?? 'off') };
    case 'operator':
      return { what: 'operator', name: first === undefined ? null : words.join(' ') };
    case 'single-keys':
      return { what: 'single-keys', on: onOff(key, first ?? 'on') };
    case 'update.check':
      return { what: 'update-check', on: onOff(key, first ?? 'on') };
    case 'update.url':
      return { what: 'update-url', url: first ?? null };
    default:
      throw new RollbookError('bad-arguments', `There is no setting "${key}".`, SETTING_KEYS);
  }
}

function sourceOf(terminal: Terminal, [kind, ...rest]: readonly string[]): SecretSource {
  const [first] = rest;
  switch (kind) {
    case 'environment':
      return { kind, variable: first ?? null };
    case 'file':
      if (first !== undefined) return { kind, path: resolve(terminal.cwd, first) };
      break;
    case 'command':
      if (first !== undefined) return { kind, argv: [...rest] };
      break;
    default:
  }
  throw new RollbookError('bad-arguments', `"${[kind, ...rest].join(' ')}" is no source of a secret.`, SETTING_KEYS);
}

function approverOf(text: string): { readonly name: string; readonly role: string } {
  const [name = '', role = ''] = text.split(/:(.*)/s);
  return { name, role };
}

function onOff(key: string, word: string): boolean {
  if (word === 'on' || word === 'off') return word === 'on';
  throw new RollbookError('bad-arguments', `${key} is on or off, not "${word}".`, SETTING_KEYS);
}

/** Read from a pipe, or typed without being shown. Never an argument, which the shell's history would keep. */
async function typedSecret({ input, err, interactive }: Terminal): Promise<string> {
  if (interactive) err('The secret (it is not shown), then Enter: ');
  const lines = createInterface({ input, terminal: interactive });
  try {
    for await (const line of lines) return line.trim();
  } finally {
    lines.close();
    if (interactive) err('\n');
  }
  throw new RollbookError('bad-arguments', 'No secret came on stdin.', 'Pipe it in, or type it and press Enter.');
}

function describe({ runbooks, vault, programs, singleKeys, operator, update }: SettingsView): string {
  const onOrOff = (on: boolean): string => (on ? 'on' : 'off');
  return [
    ...runbooks.map(ofRunbook),
    'This machine',
    columns([
      ['  keychain', vault.name === null ? vault.why : vault.title],
      ...programs.map(({ tool, path, sha256 }) => [
        `  approved.${tool}`,
        `may be asked for its help: ${path}, sha256 ${sha256.slice(0, 12)}`,
      ]),
      ['  operator', operator ?? 'the name of the account'],
      ['  single-keys', onOrOff(singleKeys)],
      ['  update.check', onOrOff(update.check)],
      ['  update.url', update.url ?? "the package's own, if it has one"],
    ]),
  ].join('\n');
}

function ofRunbook({ name, title, settings, secrets, checkoutTools, hasDatabase }: RunbookSettingsView): string {
  const approvers = settings.approvers.map(({ name: who, role }) => (role === '' ? who : `${who} (${role})`));
  const rows = [
    ...(checkoutTools.length === 0
      ? []
      : [['  checkout', settings.checkout ?? `not set (for ${checkoutTools.join(', ')})`]]),
    ...secrets.map(({ name: secret, source, needed }) => [
      `  ${secret.startsWith('slack:') ? secret.replace(':', '.') : `secret.${secret}`}`,
      source === null && !needed ? 'not set' : sourceWords(source),
    ]),
    ['  approvers', approvers.join(', ') || 'none'],
    ...(hasDatabase ? [['  connect-database', settings.connectDatabase ? 'on' : 'off']] : []),
  ];
  return `${title} (${name})\n${columns(rows)}\n`;
}

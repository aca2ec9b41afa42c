/** `rollbook export` and `rollbook report --html` write the report; `rollbook report` edits the parts of it that people write. */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import type { ChainProblem } from '#shared/incident/chain.ts';
import type { ActionItem } from '#shared/incident/state.ts';
import type { ActionPriority, ActionType } from '#shared/incident/topics/action-item-kinds.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { RollbookError } from '#shared/api/result.ts';
import { REPORT_FIELDS } from '#shared/report/fields.ts';
import { count } from '#shared/words/count.ts';
import type { OpenCore } from '#core/core.ts';
import type { ReportFormat, WrittenFolder } from '#core/reports/reports.ts';
import { actOnce } from '../act.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { sayNotVerifying, sayWaitingIn } from '../warnings.ts';
import { mustBeNoRunbook, outputFolder, outputPath } from '../output-path.ts';
import { columns, print, type Terminal } from '../terminal.ts';
import { invocation } from '../invocation.ts';

interface ExportOptions {
  readonly output?: string;
  readonly format: ReportFormat;
  readonly evidence: boolean;
  /** Without the appendices. */
  readonly brief: boolean;
  readonly json: boolean;
}

/**
 * Without an output, or with `-`, the report goes to stdout. Exit code 1 when the timeline does not verify, and with --evidence
 * also when an output was changed on the disk or is gone.
 */
export async function exportReport(
  terminal: Terminal,
  core: OpenCore,
  id: string,
  { output, format, evidence, brief, json }: ExportOptions,
): Promise<ExitCode> {
  const { reports, operator } = core.services;
  if (brief && (evidence || format === 'json'))
    throw new RollbookError(
      'bad-arguments',
      'Only a report in Markdown or HTML can be brief.',
      'Leave out --brief, or --evidence and --format json.',
    );
  sayWaitingIn(terminal, core, [id]);
  const named = output === undefined || output === '-' ? null : output;
  if (evidence) {
    const path = named === null ? null : outputFolder(terminal, named);
    const { problem, ...written } = await reports.exportFolder(id, path, operator);
    print(terminal, json, { incidentId: id, ...written }, (result) => folderText(id, result));
    const whole = written.missing.length === 0 && written.files.every(({ asRecorded }) => asRecorded);
    return exitCode(terminal, core, id, problem, whole);
  }
  const path = named === null ? null : outputPath(terminal, await fileIn(terminal, core, id, named, format));
  if (path !== null)
    mustBeNoRunbook(
      path,
      output ?? '',
      core.services.store.runbooks.list().map(({ name }) => name),
    );
  if (path === null) {
    const { text, sha256, problem } = await reports.text(id, format, brief);
    if (format === 'json') terminal.exact(text);
    else if (json) print(terminal, true, { incidentId: id, [format]: text, sha256 }, String);
    else if (format === 'html') terminal.exact(text);
    else terminal.out(text);
    return exitCode(terminal, core, id, problem);
  }
  const { problem, ...written } = await reports.export(id, path, operator, format, brief);
  print(terminal, json, { incidentId: id, ...written }, ({ path: to, head }) =>
    [`Report written to ${to}`, keptHead(id, head)].join('\n'),
  );
  return exitCode(terminal, core, id, problem);
}

/**
 * The report as one HTML file; `file` true: in the caller's folder, under its own name. Exit code 1 when the timeline does
 * not verify.
 */
export const htmlReport = (
  terminal: Terminal,
  core: OpenCore,
  id: string,
  { file, ...options }: Pick<ExportOptions, 'brief' | 'json'> & { readonly file: string | true },
): Promise<ExitCode> =>
  exportReport(terminal, core, id, { ...options, output: file === true ? '.' : file, format: 'html', evidence: false });

/** In an existing folder the report gets its own name, `2025-10-13-P0-agent-service.md`. */
async function fileIn(
  { cwd }: Terminal,
  { services }: OpenCore,
  id: string,
  output: string,
  format: ReportFormat,
): Promise<string> {
  const isFolder = statSync(resolve(cwd, output), { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? join(output, await services.reports.fileName(id, format)) : output;
}

/** `problem`: what verifying the timeline found. An event that cannot be read is damage of the store, which has its own exit code. */
function exitCode(
  terminal: Terminal,
  { services }: OpenCore,
  id: string,
  problem: Pick<ChainProblem, 'seq' | 'what'> | null,
  whole = true,
): ExitCode {
  if (problem !== null) sayNotVerifying(terminal, id, problem);
  return whole && (problem === null || services.damage().length > 0) ? EXIT.ok : EXIT.failed;
}

const keptHead = (id: string, head: string): string =>
  `Timeline head ${head}\n  Kept elsewhere, it shows later that nothing was cut or written anew: ${invocation()} verify ${id} --head HASH`;

const folderText = (id: string, { folder, files, missing, head }: Omit<WrittenFolder, 'problem'>): string =>
  [
    `Report and ${count(files.length, 'evidence file')} written to ${folder}`,
    ...files.filter(({ asRecorded }) => !asRecorded).map(({ path }) => `NOT as the timeline recorded it: ${path}`),
    ...missing.map(({ path, why }) => `Missing: ${path} (${why})`),
    ...(missing.length === 0 && files.every(({ asRecorded }) => asRecorded)
      ? []
      : ['The export is NOT WHOLE: what is named above is not in it as the timeline knows it.']),
    keptHead(id, head),
    `Check it with: ${invocation()} verify ${folder}`,
  ].join('\n');

/** Code: `not-found`. */
export async function answers(terminal: Terminal, core: OpenCore, id: string, json: boolean): Promise<ExitCode> {
  const { state } = (await core.services.incidents.open(id)).context.eventLog;
  sayWaitingIn(terminal, core, [id]);
  const given = Object.fromEntries(REPORT_FIELDS.map((field) => [field.id, state.reportFields[field.id] || null]));
  print(terminal, json, { incidentId: id, answers: given, actionItems: state.actionItems }, () =>
    [
      columns([
        ['QUESTION', 'ANSWER'],
        ...REPORT_FIELDS.map((field) => [field.id, oneLine(given[field.id] ?? `? ${field.question}`)]),
      ]),
      '',
      state.actionItems.length === 0 ? 'No action items yet.' : itemsText(state.actionItems),
    ].join('\n'),
  );
  return EXIT.ok;
}

const itemsText = (items: readonly ActionItem[]): string =>
  columns([
    ['ITEM', 'DONE', 'TYPE', 'OWNER', 'DUE', 'PRIORITY', 'WHAT'],
    ...items.map((item) => [
      item.itemId,
      item.done ? 'yes' : 'no',
      item.type ?? '-',
      item.owner || '-',
      item.due || '-',
      item.priority ?? '-',
      oneLine(item.what),
    ]),
  ]);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Codes: `bad-arguments` (no such question), and those of acting. */
export async function answer(
  terminal: Terminal,
  core: OpenCore,
  id: string,
  field: string,
  text: string,
  json: boolean,
): Promise<ExitCode> {
  if (!REPORT_FIELDS.some((each) => each.id === field)) {
    const names = REPORT_FIELDS.map((each) => each.id).join(', ');
    throw new RollbookError('bad-arguments', `The report has no question "${field}".`, `It has: ${names}.`);
  }
  const said = text === '-' ? await readAll(terminal.input as NodeJS.ReadStream) : text;
  if (said.length > 10_000)
    throw new RollbookError(
      'bad-arguments',
      `The answer has ${said.length} characters; 10,000 are allowed.`,
      'Shorten it.',
    );
  await tell(core, id, { kind: 'edit-report', field, text: said });
  return await answers(terminal, core, id, json);
}

export interface ActionOptions {
  readonly item?: string;
  readonly type?: ActionType;
  readonly owner?: string;
  readonly due?: string;
  readonly priority?: ActionPriority;
  readonly link?: string;
  readonly done?: boolean;
  readonly remove?: boolean;
  readonly json: boolean;
}

/** Adds an action item, or changes the given fields of one. Codes: `bad-arguments`, `not-found`, and those of acting. */
export async function action(
  terminal: Terminal,
  core: OpenCore,
  id: string,
  what: string | undefined,
  { item, remove, json, ...given }: ActionOptions,
): Promise<ExitCode> {
  const { state } = (await core.services.incidents.open(id)).context.eventLog;
  const known = state.actionItems.find(({ itemId }) => itemId === item);
  if (item !== undefined && known === undefined)
    throw new RollbookError(
      'not-found',
      `There is no action item "${item}".`,
      `List them with \`${invocation()} report ID\`.`,
    );
  if (known === undefined && (what ?? '').trim() === '')
    throw new RollbookError('bad-arguments', 'The action item has no text.', 'Write what has to be done after the id.');
  if (remove === true && known !== undefined) {
    await tell(core, id, { kind: 'remove-action-item', itemId: known.itemId, reason: what ?? '' });
    return await answers(terminal, core, id, json);
  }
  const { itemId = core.services.newId(), ...before } = known ?? EMPTY;
  await tell(core, id, {
    kind: 'set-action-item',
    ...before,
    ...given,
    ...(what === undefined ? {} : { what }),
    itemId,
  });
  return await answers(terminal, core, id, json);
}

const EMPTY = { itemId: undefined, what: '', type: null, owner: '', due: '', priority: null, link: '', done: false };

async function tell(core: OpenCore, id: string, intent: Intent): Promise<void> {
  const open = await core.services.incidents.open(id);
  await actOnce(open, intent, core.services);
}

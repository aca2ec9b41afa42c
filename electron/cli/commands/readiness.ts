/** `rollbook readiness [file]`: could this machine run the runbook right now? */
import { resolve } from 'node:path';
import { type CheckedItem, overallState, type Readiness } from '#shared/readiness/readiness.ts';
import { distinctTitles } from '#shared/runbook/distinct-titles.ts';
import type { OpenCore } from '#core/core.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { asTypedHere } from '../invocation.ts';
import { columns, print, type Terminal } from '../terminal.ts';

const MARKS: Readonly<Record<CheckedItem['state'], string>> = {
  ok: 'ok',
  warning: 'WARN',
  failed: 'FAIL',
  unknown: '?',
};

/** Answers 1 when something failed; warnings and what could not be found out are no failure. */
export async function readiness(
  terminal: Terminal,
  core: OpenCore,
  file: string | undefined,
  json: boolean,
): Promise<ExitCode> {
  const { runbooks, readiness: service } = core.services;
  const hash = file === undefined ? null : (await runbooks.importFile(resolve(terminal.cwd, file))).hash;
  const board = await service.read(hash);
  const state = overallState(board.items);
  print(terminal, json, { ...board, state }, () =>
    describe(board, distinctTitles(runbooks.list()).get(board.runbook.hash)),
  );
  return state === 'failed' ? EXIT.failed : EXIT.ok;
}

function describe({ runbook, items, tookMs }: Readiness, title: string = runbook.title): string {
  const groups = [...Map.groupBy(items, ({ group }) => group)].map(([group, found]) => {
    const rows = found.map(({ state, title, detail }) => [`  ${MARKS[state]}`, title, detail]);
    const fixes = found.flatMap(({ title, fix }) => (fix === null ? [] : [`       ${title}: ${asTypedHere(fix)}`]));
    return [`\n${group}`, columns(rows), ...fixes].join('\n');
  });
  return [`Readiness for ${title}`, ...groups, `\nLooked at in ${(tookMs / 1_000).toFixed(1)} s.`].join('\n');
}

/** Adopting a runbook from a window: the questions and the diff for some answers, and saving it. */
import { dirname } from 'node:path';
import { existsSync } from 'node:fs';
import type { AdoptionView, RunbookSummary } from '#shared/api/calls.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { Adoption } from '#shared/runbook/adoption/adopt.ts';
import type { Answers } from '#shared/runbook/adoption/question.ts';
import { diffHunks } from '#shared/runbook-check/unified-diff.ts';
import { liesIn } from '#core/files/lies-in.ts';
import { inThread } from '#core/untrusted/in-thread.ts';
import type { RunbookRepository } from './runbook-repository.ts';
import { saveAdopted } from './save-adopted.ts';
import { unchangedFile } from './unchanged-file.ts';

/** Codes: `not-found`, `not-allowed` (bundled, or the file was changed), `bad-arguments` with details.question. */
export async function adoptionView(runbooks: RunbookRepository, hash: string, answers: Answers): Promise<AdoptionView> {
  const { adoption, before, path } = await adopted(runbooks, hash, answers);
  const { questions, notes, gapsBefore, gapsAfter, text } = adoption;
  return { path, questions, notes, gapsBefore, gapsAfter, hunks: diffHunks(before, text) };
}

interface ToAdopt {
  readonly hash: string;
  readonly answers: Answers;
  /** Absolute path to save to: the file itself, or a new one outside of the data folder. */
  readonly path: string;
}

/** Saves it and adds it to the list, to be reviewed. Codes: those of adoptionView and saveAdopted. */
export async function adoptRunbook(
  runbooks: RunbookRepository,
  dataFolder: string,
  { hash, answers, path }: ToAdopt,
): Promise<RunbookSummary> {
  mustTakeRunbook(path, dataFolder);
  const { adoption, path: original } = await adopted(runbooks, hash, answers);
  saveAdopted({ original, hash, path, text: adoption.text });
  return await runbooks.importFile(path);
}

async function adopted(
  runbooks: RunbookRepository,
  hash: string,
  answers: Answers,
): Promise<{ readonly adoption: Adoption; readonly before: string; readonly path: string }> {
  const summary = runbooks.summary(hash);
  const raw = unchangedFile(summary, 'adopted');
  const adoption = await inThread('adopt', { raw, name: summary.name, answers }, summary.name);
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(raw);
  return { adoption, before, path: summary.name };
}

function mustTakeRunbook(path: string, dataFolder: string): void {
  const folder = dirname(path);
  if (liesIn(path, dataFolder) || liesIn(folder, dataFolder) || folder === dataFolder) {
    throw new RollbookError(
      'bad-arguments',
      `${path} lies in Rollbook's own data folder. Nothing was written.`,
      'Name a place outside of it.',
    );
  }
  if (!existsSync(folder)) {
    const advice = 'Make it first, or name another one.';
    throw new RollbookError('bad-arguments', `There is no folder ${folder}. Nothing was written.`, advice);
  }
}

/** `rollbook adopt FILE`: asks about the gaps of a runbook, and saves it with the answers in it. */
import { resolve } from 'node:path';
import type { Adoption } from '#shared/runbook/adoption/adopt.ts';
import type { Answers } from '#shared/runbook/adoption/question.ts';
import { RollbookError } from '#shared/api/result.ts';
import { count } from '#shared/words/count.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import { readRunbookFile } from '#core/runbooks/read-runbook-file.ts';
import { mustBeOwnOrNew, saveAdopted } from '#core/runbooks/save-adopted.ts';
import { sha256 } from '#core/store/sha256.ts';
import { inThread } from '#core/untrusted/in-thread.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { outputPath } from '../output-path.ts';
import { printExact, type Terminal } from '../terminal.ts';
import { type Prompt, prompt } from '../wizard/prompt.ts';
import { askAdoption, SKIP } from '../wizard/adoption-questions.ts';
import { answersIn } from './adoption-answers.ts';
import { invocation } from '../invocation.ts';

export interface AdoptOptions {
  readonly out?: string;
  readonly answers?: string;
  readonly json: boolean;
}

/** Answers 1 when the input ended before it was saved. Nothing is written before the diff was shown. */
export async function adopt(terminal: Terminal, file: string, { out, answers, json }: AdoptOptions): Promise<ExitCode> {
  const original = resolve(terminal.cwd, file);
  const raw = readRunbookFile(original);
  const given = answers === undefined ? null : answersIn(resolve(terminal.cwd, answers));
  const target = out === undefined ? null : outputPath(terminal, out);
  if (target !== null) mustBeOwnOrNew(original, target);
  const withAnswers = (of: Answers): Promise<Adoption> => inThread('adopt', { raw, name: file, answers: of }, file);
  const save = (path: string, text: string): void => saveAdopted({ original, hash: sha256(raw), path, text });
  const open = await withAnswers(given ?? {});

  if (json) {
    const saved = given === null || open.diff === '' ? null : target;
    if (saved !== null) save(saved, open.text);
    const { text: _text, ...told } = open;
    printExact(terminal, true, { ...told, path: saved }, String);
    return EXIT.ok;
  }
  if (given !== null && target !== null) {
    return ended(terminal, file, open, () => {
      save(target, open.text);
      return out ?? file;
    });
  }
  const asking = prompt(terminal);
  try {
    const adoption = given === null ? await asked(terminal, asking, file, open, withAnswers) : open;
    if (adoption === null) return leftEarly(terminal, file);
    return await ended(terminal, file, adoption, () =>
      askPath(terminal, asking, out ?? file, (path) => save(path, adoption.text)),
    );
  } finally {
    asking.close();
  }
}

/** Null: the input ended. */
async function asked(
  { out }: Terminal,
  asking: Prompt,
  file: string,
  open: Adoption,
  withAnswers: (answers: Answers) => Promise<Adoption>,
): Promise<Adoption | null> {
  const { questions, gapsBefore } = open;
  if (questions.length === 0) return open;
  out(
    `${file}: ${count(gapsBefore.length, 'gap')}. An empty line takes the answer in brackets; ${SKIP} leaves a question open.\n`,
  );
  const answers = await askAdoption(out, asking, questions);
  return answers === null ? null : await withAnswers(answers);
}

/** Shows the diff, saves, and tells what the gaps are then. `save`: where it was saved; null: nowhere; undefined: the input ended. */
async function ended(
  terminal: Terminal,
  file: string,
  { questions, diff, notes, gapsBefore }: Adoption,
  save: () => Promise<string | null | undefined> | string,
): Promise<ExitCode> {
  const { out, exact, cwd } = terminal;
  for (const note of notes) out(`${note}\n`);
  if (diff === '') {
    out(
      `${questions.length === 0 ? 'There is nothing to ask about.' : 'Nothing was answered.'} ${file} is as it was.\n`,
    );
    out(gapsText(gapsBefore));
    return EXIT.ok;
  }
  exact(`\n${visibleCommand(diff.trimEnd())}\n\n`);
  const saved = await save();
  if (saved === undefined) return leftEarly(terminal, file);
  if (saved === null) {
    out(`${file} is as it was.\n`);
    return EXIT.ok;
  }
  const { model } = await inThread('parse', { raw: readRunbookFile(resolve(cwd, saved)), name: saved }, saved);
  out(`Saved to ${saved}. ${count(gapsBefore.length, 'gap')}, now ${model.gaps.length}.\n${gapsText(model.gaps)}`);
  out(`Read it, then let it run on this machine: ${invocation()} trust ${saved}\n`);
  return EXIT.ok;
}

/** Asks until it is saved. */
async function askPath(
  terminal: Terminal,
  asking: Prompt,
  proposed: string,
  save: (path: string) => void,
): Promise<string | null | undefined> {
  for (;;) {
    const typed = await asking.ask(`Save it to [${proposed}] (${SKIP}: nowhere): `);
    if (typed === null) return undefined;
    if (typed === SKIP) return null;
    const file = typed === '' ? proposed : typed;
    try {
      save(outputPath(terminal, file));
      return file;
    } catch (thrown) {
      if (!(thrown instanceof RollbookError)) throw thrown;
      terminal.out(`${thrown.message} ${thrown.advice ?? ''}\n`);
    }
  }
}

function leftEarly({ err }: Terminal, file: string): ExitCode {
  err(`\nrollbook: The input ended. Nothing was saved; ${file} is as it was.\n`);
  return EXIT.failed;
}

const gapsText = (gaps: Adoption['gapsBefore']): string =>
  gaps.map(({ line, message, advice }) => `  line ${line}: ${message}\n    ${advice}\n`).join('');

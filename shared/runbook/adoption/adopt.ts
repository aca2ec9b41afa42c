/**
 * Adopting a runbook: questions about what its gaps leave open, and the text of the file with the answers in it, as front
 * matter and as hints after the language of a fence. Nothing else in the text changes.
 */
import type { Gap } from '../model.ts';
import { decodeRunbook } from '../parser/decode.ts';
import { readFrontMatter } from '../parser/front-matter.ts';
import { parseRunbook } from '../parse.ts';
import { unifiedDiff } from '../../runbook-check/unified-diff.ts';
import { effects } from './effects.ts';
import { fencesOf, withHints } from './fences.ts';
import { withAdditions } from './front-matter-text.ts';
import { maintenance } from './maintenance.ts';
import { checkedAnswers } from './answers.ts';
import type { AdoptionQuestion, Answers } from './question.ts';
import { rows } from './rows.ts';
import { services } from './services.ts';
import type { ToAdopt, Topic } from './topic.ts';
import { variables } from './variables.ts';

export interface Adoption {
  readonly questions: readonly AdoptionQuestion[];
  /** The answers that count. */
  readonly answers: Answers;
  /** The text of the file with the answers in it. */
  readonly text: string;
  /** '' when nothing changes. */
  readonly diff: string;
  /** What was answered and could not be written, or cannot be asked, in sentences. */
  readonly notes: readonly string[];
  readonly gapsBefore: readonly Gap[];
  readonly gapsAfter: readonly Gap[];
}

/** In the order that they are asked, and written into the front matter. */
const TOPICS: readonly Topic[] = [services, variables, rows, maintenance, effects];

/**
 * @param raw the whole file, as it is.
 * @throws RollbookError those of parseRunbook; `bad-arguments` for answers that do not fit.
 */
export function adopt(raw: Uint8Array | string, name: string, given: Answers): Adoption {
  const { model, source, tree } = parseRunbook(raw, name);
  const reading = readFrontMatter(source, name);
  const runbook = { model, source, front: reading.front, fences: fencesOf(tree, source) };
  const foreign = reading.end > 0 && reading.front === null;
  const topics = foreign ? [effects] : TOPICS;
  const questions = topics.flatMap((topic) => topic.questions(runbook));
  const answers = checkedAnswers(questions, given);
  const made = changesOf(topics, runbook, answers);
  // Not the repaired text: what was damaged stays as it is.
  const written = decodeRunbook(raw, name);
  const mark = hasMark(raw) ? '\uFEFF' : '';
  const text = mark + withAdditions(withHints(written, made.hints), made.additions, name);
  const short = name.split(/[\\/]/).at(-1) ?? name;
  return {
    questions,
    answers,
    text,
    diff: unifiedDiff(mark + written, text, { from: `a/${short}`, to: `b/${short}` }),
    notes: [...made.notes, ...(foreign ? [FOREIGN] : [])],
    gapsBefore: model.gaps,
    gapsAfter: text === mark + written ? model.gaps : parseRunbook(text, name).model.gaps,
  };
}

const hasMark = (raw: Uint8Array | string): boolean =>
  typeof raw === 'string' ? raw.startsWith('\uFEFF') : raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf;

const FOREIGN =
  'The front matter at the top of the file belongs to another tool, so nothing can be declared in it; only commands are asked about.';

function changesOf(topics: readonly Topic[], runbook: ToAdopt, answers: Answers) {
  const made = topics.map((topic) => topic.changes(runbook, (id) => answers[id] ?? ''));
  return {
    additions: made.flatMap(({ additions = [] }) => additions),
    hints: made.flatMap(({ hints = [] }) => hints),
    notes: made.flatMap(({ notes = [] }) => notes),
  };
}

/** What adopting a runbook asks, and what an answer has to be. Answers are texts by question id; '' skips a question. */

export interface AdoptionQuestion {
  /** Names the answer: `variables.DATABASE_URL.from`. */
  readonly id: string;
  /** What it is about. Questions about the same thing follow each other. */
  readonly about: string;
  /** Of the thing, in the file as it is; from 1. */
  readonly line: number;
  /** The commands that it is about. */
  readonly commands: readonly string[];
  readonly ask: string;
  /** The proposed answer; '': none. */
  readonly proposed: string;
  readonly answer: AnswerKind;
  /** Asked only after one of these answers to an earlier question; `is` null: after any. */
  readonly onlyIf?: { readonly id: string; readonly is: readonly string[] | null };
}

type AnswerKind =
  | { readonly kind: 'choice'; readonly options: readonly Option[] }
  /** Values of options, separated by commas, in order of preference. `alone`: the one that stands alone. */
  | { readonly kind: 'list'; readonly options: readonly Option[]; readonly alone: string }
  | { readonly kind: 'address' | 'name' | 'pattern' | 'reading-command' | 'text' };

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** By question id. */
export type Answers = Readonly<Record<string, string>>;

/** False if an earlier answer makes it needless. */
export function isAsked({ onlyIf }: AdoptionQuestion, answers: Answers): boolean {
  if (onlyIf === undefined) return true;
  const given = answers[onlyIf.id] ?? '';
  return onlyIf.is === null ? given !== '' : onlyIf.is.includes(given);
}

/** The values of a `list` answer. */
export const listed = (value: string): readonly string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** The questions that are asked after these answers, each of which counts only if its own question is asked. */
export function askedAfter(questions: readonly AdoptionQuestion[], answers: Answers): readonly AdoptionQuestion[] {
  const counting: Record<string, string> = {};
  return questions.filter((question) => {
    if (!isAsked(question, counting)) return false;
    counting[question.id] = (answers[question.id] ?? '').trim();
    return true;
  });
}

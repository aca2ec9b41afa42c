/** Whether texts are answers to the questions of an adoption. */
import { RollbookError } from '../../api/result.ts';
import { nearest } from '../../words/nearest.ts';
import { readStatements } from '../parser/statements.ts';
import { whyNoPattern } from '../pattern.ts';
import { type AdoptionQuestion, type Answers, isAsked, listed, type Option } from './question.ts';

const NAME = /^[a-z0-9][a-z0-9-]*$/;
/** As the schema of the front matter has it. */
const ADDRESS = /^https?:\/\/[^\s/]+(?:\/\S*)?$/;

/** Why a text is no answer to a question, as a sentence; null: it is one. */
export function answerProblem({ answer }: AdoptionQuestion, value: string): string | null {
  if (value === '') return null;
  if (/\p{Cc}/u.test(value)) return 'An answer is one line without control characters.';
  switch (answer.kind) {
    case 'choice':
      return unknownOption(answer.options, [value]);
    case 'list': {
      const values = listed(value);
      if (values.length === 0) return 'Name at least one.';
      if (values.length > 1 && values.includes(answer.alone)) return `"${answer.alone}" stands alone.`;
      return unknownOption([...answer.options, { value: answer.alone, label: '' }], values);
    }
    case 'address':
      return ADDRESS.test(value) ? null : `"${value}" is not an address that starts with https:// or http://.`;
    case 'name':
      return NAME.test(value) ? null : `"${value}" is not a name of lower-case letters, digits and hyphens.`;
    case 'pattern': {
      const why = whyNoPattern(value);
      return why === null ? null : `"${value}" is not a pattern (RE2): ${why}.`;
    }
    case 'reading-command':
      return commandProblem(value);
    case 'text':
      return null;
  }
}

function unknownOption(options: readonly Option[], values: readonly string[]): string | null {
  const known = options.map((option) => option.value);
  const wrong = values.find((value) => !known.includes(value));
  if (wrong === undefined) return null;
  const meant = nearest(wrong, known);
  return `"${wrong}" is not one of ${known.join(', ')}.${meant === null ? '' : ` Did you mean ${meant}?`}`;
}

function commandProblem(value: string): string | null {
  const { statements, error } = readStatements(value);
  if (error !== null) return `This is not a command: ${error.message}`;
  if (statements.length !== 1) return 'Write one command.';
  return statements[0]?.effect === 'change' ? 'This command changes something; name one that only reads.' : null;
}

/**
 * The answers that count: of questions that are asked, without spaces around them.
 * @throws RollbookError `bad-arguments` for an answer to no question, or one that does not fit.
 */
export function checkedAnswers(questions: readonly AdoptionQuestion[], answers: Answers): Answers {
  const known = questions.map(({ id }) => id);
  const stray = Object.keys(answers).find((id) => !known.includes(id));
  if (stray !== undefined) {
    const meant = nearest(stray, known);
    throw new RollbookError(
      'bad-arguments',
      `There is no question "${stray}" about this runbook.`,
      meant === null ? `The questions are: ${known.join(', ') || 'none'}.` : `Did you mean ${meant}?`,
    );
  }
  const counting: Record<string, string> = {};
  for (const question of questions) {
    const value = (answers[question.id] ?? '').trim();
    if (value === '' || !isAsked(question, counting)) continue;
    const problem = answerProblem(question, value);
    if (problem !== null) {
      throw new RollbookError('bad-arguments', `The answer to ${question.id} does not fit. ${problem}`, question.ask, {
        question: question.id,
        problem,
      });
    }
    counting[question.id] = value;
  }
  return counting;
}

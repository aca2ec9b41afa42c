/** What comes first where a rollback alone does harm: lost data and a hole that is being used. */
import type { MatrixRow } from '../runbook/model.ts';

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /\b(exploit\w*|vulnerab\w*|breach\w*|intru\w*|attack\w*)/i,
    'Stop the machines or lock users out first, and keep the evidence. Go back only to a release that does not have the hole.',
  ],
  [
    /\bdata\b.*\b(los[st]\w*|corrupt\w*)|\bcorrupt\w*/i,
    'Stop the writes first. Then the application rollback if code did it, the database rollback if a migration did.',
  ],
];

/** '' where nothing has to come first. */
export const rowAdvice = ({ condition }: Pick<MatrixRow, 'condition'>): string =>
  ADVICE.find(([words]) => words.test(condition))?.[1] ?? '';

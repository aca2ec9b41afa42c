import { REDACTED } from '#shared/redaction/redactor.ts';
import type { ReportInput } from './source.ts';

/** How many secrets were replaced in what the timeline holds; outputs are counted apart, in their files. */
export const redactionsOf = ({ events }: ReportInput): number =>
  events.reduce((sum, { payload }) => sum + JSON.stringify(payload).split(REDACTED).length - 1, 0);

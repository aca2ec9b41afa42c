/**
 * How large a runbook may be. A runbook over a limit is rejected as a whole. The limits keep the cost of any file under 3 s
 * of CPU time; the largest real runbooks have about 3,000 lines.
 */
import { RollbookError } from '../api/result.ts';

interface Limit {
  readonly most: number;
  /** Follows the number: "10,000 lines". */
  readonly unit: string;
  readonly advice: string;
}

const SPLIT = 'Split it into one runbook for each system, or move pasted logs out of it.';

const RUNBOOK_LIMITS = {
  lines: { most: 10_000, unit: 'lines', advice: SPLIT },
  /** Headings, paragraphs, items, cells, links and so on: estimated from the lines first, counted when parsed. */
  elements: { most: 25_000, unit: 'Markdown elements', advice: SPLIT },
  /** Asterisks, brackets, backticks and the like. */
  marks: { most: 100_000, unit: 'Markdown marks', advice: SPLIT },
  footnotes: { most: 4_000, unit: 'footnotes', advice: SPLIT },
  /** For each of them, the parser searches all lines before it. */
  unmarkedLines: { most: 3_000, unit: 'lines that continue a quote or list without its marker', advice: SPLIT },
  commands: { most: 2_000, unit: 'commands', advice: SPLIT },
  /** Total length of the commands. */
  commandText: { most: 200_000, unit: 'characters of commands', advice: SPLIT },
  frontMatter: { most: 64_000, unit: 'characters of front matter', advice: 'Keep only what Rollbook needs in it.' },
} as const satisfies Readonly<Record<string, Limit>>;

/** The longest code block that is read as commands, in characters; a longer one is only shown. */
export const LONGEST_SCRIPT = 20_000;
/** The longest text after the language of a code block, in characters. */
export const LONGEST_HINTS = 2_000;

/** @throws RollbookError `too-large`, with details.count and details.limit. */
export function mustFit(limit: keyof typeof RUNBOOK_LIMITS, count: number, name: string): void {
  const { most, unit, advice } = RUNBOOK_LIMITS[limit];
  if (count <= most) return;
  const number = (value: number): string => value.toLocaleString('en-US');
  throw new RollbookError(
    'too-large',
    `${name} has ${number(count)} ${unit}; a runbook may have ${number(most)}.`,
    advice,
    { count, limit: most },
  );
}

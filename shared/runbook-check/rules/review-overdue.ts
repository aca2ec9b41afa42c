import { count } from '#shared/words/count.ts';
import type { Fact, Runbook } from '../../runbook/model.ts';
import type { RunbookRule } from '../rule.ts';

const DAY_MS = 86_400_000;
/** Periods as people write them, in days. */
const PERIODS: readonly (readonly [RegExp, number])[] = [
  [inOneSentence('weekly'), 7],
  [inOneSentence('monthly'), 31],
  [inOneSentence('quarterly'), 92],
  [inOneSentence('(?:yearly|annually)', '(?:yearly|annual)'), 366],
];
/** "reviewed every 6 months", "review: every 90 days". */
const EVERY = /review(?:(?!review)[^.\n])*\bevery (?:(\d{1,3}) )?(day|week|month|quarter|year)s?\b/i;
const UNIT_DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 31, quarter: 92, year: 366 };
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

const runbook = (when: string): string => `# Shop\n\n**Last reviewed**: ${when}\n\nReview this document quarterly.\n`;

export const reviewOverdue: RunbookRule = {
  name: 'review-overdue',
  severity: 'warning',
  about: 'The runbook was last verified longer ago than the review period that it sets.',
  bad: [
    runbook('October 12, 2025'),
    runbook('2026-01-05'),
    '# Shop\n\n**Last verified:** 2025-03-01. It must be reviewed every 6 months.\n',
  ],
  good: [runbook('2026-10-01'), runbook('12 November 2026'), '# Shop\n\n**Last reviewed**: 2020-01-01\n'],
  check: ({ model, source, now }) => {
    const period = model.settings.reviewEveryDays ?? periodIn(source);
    const last = lastVerified(model, source);
    if (now === null || period === undefined || last === null) return [];
    const days = Math.floor((now - last.at) / DAY_MS);
    if (days <= period) return [];
    return [
      {
        start: last.start,
        end: last.end,
        message: `Last verified ${count(days, 'day')} ago; the runbook has to be reviewed every ${count(period, 'day')}.`,
        fix: 'Go through it, hold a drill, and write the new date (`review: last:` in the front matter).',
      },
    ];
  },
};

function periodIn(source: string): number | undefined {
  const every = EVERY.exec(source);
  if (every !== null) return Number(every[1] ?? 1) * (UNIT_DAYS[(every[2] ?? '').toLowerCase()] ?? 1);
  return PERIODS.find(([words]) => words.test(source))?.[1];
}

/** Matches "review" and the word in one sentence, in either order. The lookahead keeps the match linear. */
function inOneSentence(word: string, before = word): RegExp {
  const review = `review(?:(?!review)[^.\\n])*\\b${word}\\b`;
  return new RegExp(`${review}|${before}(?:(?!${before})[^.\\n])*\\breview`, 'i');
}

interface Dated {
  /** ms since the epoch. */
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

function lastVerified({ settings, facts }: Runbook, source: string): Dated | null {
  if (settings.lastReviewed !== null) {
    const start = Math.max(0, source.indexOf(settings.lastReviewed));
    return { at: Date.parse(settings.lastReviewed), start, end: start + settings.lastReviewed.length };
  }
  // A date of a review counts more than a date of an edit.
  const byWeight = [/verif|test|review/i, /updat/i];
  for (const key of byWeight) {
    const dates = facts.filter((fact) => key.test(fact.key)).flatMap((fact) => dated(fact));
    const newest = dates.toSorted((a, b) => b.at - a.at)[0];
    if (newest !== undefined) return newest;
  }
  return null;
}

function dated({ value, start, end }: Fact): readonly Dated[] {
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(value);
  const named = /\b([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}),? (\d{4})\b/.exec(value);
  const british = /\b(\d{1,2}) ([A-Z][a-z]{2})[a-z]*\.? (\d{4})\b/.exec(value);
  const [year, month, day] =
    iso !== null
      ? [iso[1], Number(iso[2]) - 1, iso[3]]
      : named !== null
        ? [named[3], MONTHS.indexOf((named[1] ?? '').toLowerCase()), named[2]]
        : british !== null
          ? [british[3], MONTHS.indexOf((british[2] ?? '').toLowerCase()), british[1]]
          : [undefined, -1, undefined];
  return year === undefined || month < 0 ? [] : [{ at: Date.UTC(Number(year), month, Number(day)), start, end }];
}

/** Says in one sentence that the review is overdue; null when it is not. `now`: ms since the epoch. */
export function reviewOverdueText(model: Runbook, source: string, now: number): string | null {
  const [found] = reviewOverdue.check({ model, source, now });
  return found === undefined
    ? null
    : `Review overdue: ${found.message.charAt(0).toLowerCase()}${found.message.slice(1)}`;
}

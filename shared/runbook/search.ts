import type { Runbook, Section } from './model.ts';

/** Kinds of hits: a contact, a related document, or any other section. */
export type SearchGroup = 'section' | 'contact' | 'document';

export interface SearchHit {
  readonly group: SearchGroup;
  readonly sectionId: string;
  /** Its heading, after that of the procedure it belongs to: several procedures have "Steps". */
  readonly title: string;
  /** Line of the first match in the section, from 1. */
  readonly line: number;
  /** That line without Markdown marks, at most 160 characters. */
  readonly excerpt: string;
}

/** How much a word counts by how it is found: as a whole word, at the start of a word, or inside of one. */
const WEIGHTS = { whole: 20, start: 5, inside: 1 } as const;
/** The same word in a title counts this many times as much, except inside of another word: "CTO" is not about October. */
const TITLE_FACTOR = 10;
const LONGEST_EXCERPT = 160;
/** Of a longer query, only the first words count. */
const MOST_WORDS = 32;

/** Contact sections, found by their titles. */
export const isContactSection = ({ title }: Pick<Section, 'title'>): boolean => /contact|escalat/i.test(title);
const isDocumentSection = ({ title }: Pick<Section, 'title'>): boolean =>
  /\b(?:related|further|other)\b.*\b(?:documents?|documentation|docs|reading|links)\b|^(?:references|see also)$/i.test(
    title,
  );

const groupOf = (section: Section): SearchGroup =>
  isContactSection(section) ? 'contact' : isDocumentSection(section) ? 'document' : 'section';

/**
 * Sections that contain every word of the query in title or text, best first: titles before text, whole words before
 * parts of words, then in the order of the runbook. An empty query finds nothing.
 */
export function searchRunbook(
  model: Pick<Runbook, 'sections' | 'procedures'>,
  source: string,
  query: string,
): readonly SearchHit[] {
  const words = [...new Set(fold(query).match(/[\p{L}\p{N}_$#/.-]+/gu) ?? [])].slice(0, MOST_WORDS);
  if (words.length === 0) return [];
  return model.sections
    .flatMap((section, index) => {
      // Only its own text: subsections are searched as sections of their own.
      const text = source.slice(section.start, Math.min(section.end, model.sections[index + 1]?.start ?? section.end));
      const found = score(section, fold(text), words);
      return found === 0 ? [] : [{ found, hit: { ...hitOf(section, text, words), title: titleOf(section, model) } }];
    })
    .sort((a, b) => b.found - a.found)
    .map(({ hit }) => hit);
}

function titleOf({ title, start, end }: Section, { procedures }: Pick<Runbook, 'procedures'>): string {
  const procedure = procedures.find((each) => each.start < start && end <= each.end);
  return procedure === undefined ? title : `${procedure.title}: ${title}`;
}

function score(section: Section, text: string, words: readonly string[]): number {
  const title = fold(section.title);
  let total = 0;
  for (const word of words) {
    const inTitle = weightOf(word, title);
    const inText = weightOf(word, text);
    if (inTitle + inText === 0) return 0;
    total += inText + (inTitle > WEIGHTS.inside ? inTitle * TITLE_FACTOR : inTitle);
  }
  return total;
}

/** The best weight of a word in a text; 0 when it is not there. Both are folded. */
function weightOf(word: string, text: string): number {
  if (!text.includes(word)) return 0;
  const start = `(?<![\\p{L}\\p{N}])${word.replace(/[$.]/g, '\\$&')}`;
  if (new RegExp(`${start}(?![\\p{L}\\p{N}])`, 'u').test(text)) return WEIGHTS.whole;
  return new RegExp(start, 'u').test(text) ? WEIGHTS.start : WEIGHTS.inside;
}

function hitOf(section: Section, text: string, words: readonly string[]): Omit<SearchHit, 'title'> {
  const lines = text.split(/\r\n|\n|\r/);
  // A line with more of the words is better, however they are found.
  const matching = lines.map((line) => {
    const weights = words.map((word) => weightOf(word, fold(line)));
    const found = weights.filter((weight) => weight > 0).length;
    return found * MOST_WORDS * WEIGHTS.whole + weights.reduce((sum, weight) => sum + weight, 0);
  });
  const best = Math.max(...matching);
  // The title is shown anyway: prefer a line below the heading, unless it has fewer of the words.
  const below = matching.findIndex((weight, index) => index > 0 && weight === best);
  const at = best === 0 ? 0 : below > 0 ? below : matching.indexOf(best);
  const plain = (lines[at] ?? '').replace(/^[\s>#|*+-]+|[*`]+|(?<![\s|])[\s|]+$/g, '').trim();
  return {
    group: groupOf(section),
    sectionId: section.id,
    line: section.line + at,
    excerpt: shorten(plain, words),
  };
}

function shorten(line: string, words: readonly string[]): string {
  if (line.length <= LONGEST_EXCERPT) return line;
  const first = Math.min(...words.map((word) => fold(line).indexOf(word)).filter((at) => at >= 0));
  const from = Number.isFinite(first) ? Math.max(0, Math.min(first - 40, line.length - LONGEST_EXCERPT + 2)) : 0;
  return `${from > 0 ? '…' : ''}${line.slice(from, from + LONGEST_EXCERPT - 2)}…`;
}

function fold(text: string): string {
  return text.toLowerCase();
}

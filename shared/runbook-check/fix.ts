/** `rollbook check --fix`: the text with every fix that can be made without a person. */
import type { Finding, SourceEdit } from './finding.ts';

interface Correction {
  readonly text: string;
  /** Findings whose edits were made. */
  readonly applied: readonly Finding[];
  /** Findings that a person has to decide. */
  readonly advice: readonly Finding[];
}

/** Makes the edits of the findings in `source`, the repaired text. Of two overlapping edits, only the first is made. */
export function correct(source: string, findings: readonly Finding[]): Correction {
  const taken = new TakenEdits();
  const applied: Finding[] = [];
  const advice: Finding[] = [];
  // Removals come first: nothing inside a removed line needs a fix.
  const inOrder = findings.toSorted((a, b) => Number(removes(b)) - Number(removes(a)) || byPlace(a, b));
  for (const finding of inOrder) {
    const edits = (finding.edits ?? []).map((edit) => wholeLine(edit, source));
    if (edits.length === 0) advice.push(finding);
    // Two rules may make the same edit.
    else if (edits.every((edit) => taken.has(edit))) applied.push(finding);
    else if (edits.some((edit) => taken.overlaps(edit))) advice.push(finding);
    else {
      taken.add(edits);
      applied.push(finding);
    }
  }
  return { text: edited(source, taken.all), applied: applied.toSorted(byPlace), advice: advice.toSorted(byPlace) };
}

const byPlace = (a: Finding, b: Finding): number => a.line - b.line || a.column - b.column;

const removes = ({ edits }: Finding): boolean => edits?.some(({ text }) => text === '') ?? false;

/** Length of a stretch, in characters. Edits are kept by stretch, so that each is compared only with those near it. */
const STRETCH = 256;

class TakenEdits {
  readonly all: SourceEdit[] = [];
  readonly #texts = new Set<string>();
  readonly #near = new Map<number, SourceEdit[]>();

  has({ start, end, text }: SourceEdit): boolean {
    return this.#texts.has(`${start} ${end} ${text}`);
  }

  overlaps(edit: SourceEdit): boolean {
    return stretches(edit).some((at) => this.#near.get(at)?.some((other) => overlap(edit, other)) === true);
  }

  add(edits: readonly SourceEdit[]): void {
    for (const edit of edits) {
      this.all.push(edit);
      this.#texts.add(`${edit.start} ${edit.end} ${edit.text}`);
      for (const at of stretches(edit)) this.#near.set(at, [...(this.#near.get(at) ?? []), edit]);
    }
  }
}

function stretches({ start, end }: SourceEdit): readonly number[] {
  const first = Math.floor(start / STRETCH);
  return Array.from({ length: Math.floor(end / STRETCH) - first + 1 }, (_, index) => first + index);
}

/** Two insertions at the same place do not overlap. */
const overlap = (a: SourceEdit, b: SourceEdit): boolean =>
  a.start === b.start && a.end === b.end ? a.end > a.start : a.start < b.end && b.start < a.end;

/** A removed command takes its line with it, if nothing else is on that line. */
function wholeLine(edit: SourceEdit, source: string): SourceEdit {
  if (edit.text !== '') return edit;
  const start = source.lastIndexOf('\n', edit.start - 1) + 1;
  const newline = source.indexOf('\n', edit.end);
  const end = newline < 0 ? source.length : newline + 1;
  const rest = source.slice(start, edit.start) + source.slice(edit.end, end);
  return rest.trim() === '' ? { start, end, text: '' } : edit;
}

function edited(source: string, edits: readonly SourceEdit[]): string {
  let done = '';
  let at = 0;
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    done += source.slice(at, start) + text;
    at = end;
  }
  return done + source.slice(at);
}

import { Lines } from '../runbook/place.ts';
import type { Finding } from './finding.ts';
import type { PlacedInput } from './rule-inputs.ts';

type Place = Pick<Finding, 'line' | 'column'>;

/** Converts positions in a command to positions in the runbook's source. */
export class Places {
  readonly source: string;
  readonly lines: Lines;
  /** Indentation of each line of a command; kept because a line may have many findings. */
  readonly #indents = new WeakMap<PlacedInput, Map<number, number>>();

  constructor(source: string) {
    this.source = source;
    this.lines = new Lines(source);
  }

  /** A code block in a list is indented in the source: the line is counted, the column is found by searching. */
  of(input: PlacedInput, pos: number): Place {
    const { start, lines: own } = input;
    const ownLine = own.lineOf(pos);
    const line = this.lines.lineOf(start) + ownLine - 1;
    const offset = pos - own.startOf(ownLine);
    const from = ownLine === 1 ? start - this.lines.startOf(line) : this.#indentOf(input, ownLine, line);
    return { line, column: from + offset + 1 };
  }

  /** The same position as an offset in the source. */
  offsetOf(input: PlacedInput, pos: number): number {
    const { line, column } = this.of(input, pos);
    return this.lines.startOf(line) + column - 1;
  }

  #indentOf(input: PlacedInput, ownLine: number, line: number): number {
    const known = this.#indents.get(input) ?? new Map<number, number>();
    this.#indents.set(input, known);
    const indent = known.get(ownLine) ?? this.#measure(input, ownLine, line);
    known.set(ownLine, indent);
    return indent;
  }

  #measure({ script, lines: own }: PlacedInput, ownLine: number, line: number): number {
    const written = script.text.slice(own.startOf(ownLine), own.startOf(ownLine + 1)).trimEnd();
    const inSource = this.source.slice(this.lines.startOf(line), this.lines.startOf(line + 1));
    return Math.max(0, inSource.indexOf(written));
  }
}

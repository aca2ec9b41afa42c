import { Lines } from '../runbook/place.ts';
import type { Finding } from './finding.ts';
import type { PlacedInput } from './rule-inputs.ts';

type Place = Pick<Finding, 'line' | 'column'>;

/** Where parts of a runbook's commands stand in its source. */
export class Places {
  readonly source: string;
  readonly lines: Lines;
  /** How far each line of a command is indented in the source: a line may have many findings. */
  readonly #indents = new WeakMap<PlacedInput, Map<number, number>>();

  constructor(source: string) {
    this.source = source;
    this.lines = new Lines(source);
  }

  /** A fence in a list stands indented in the source, so only lines can be counted through; the column is found again. */
  of(input: PlacedInput, pos: number): Place {
    const { start, lines: own } = input;
    const ownLine = own.lineOf(pos);
    const line = this.lines.lineOf(start) + ownLine - 1;
    const offset = pos - own.startOf(ownLine);
    const from = ownLine === 1 ? start - this.lines.startOf(line) : this.#indentOf(input, ownLine, line);
    return { line, column: from + offset + 1 };
  }

  /** The same as an offset in the source. */
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

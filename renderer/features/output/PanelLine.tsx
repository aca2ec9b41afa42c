import Anser from 'anser';
import { candidatesIn, SEARCHED_LINES } from '#shared/incident/candidates.ts';
import type { Candidate } from '#shared/incident/json-values.ts';
import { safeToShow } from '#shared/words/visible.ts';
import type { OutputLines } from '../../stores/output-lines.ts';

/** What can be picked in the first lines of an output, by line. Empty while they are not all here. */
export function picksOf(output: OutputLines, total: number): ReadonlyMap<number, readonly Candidate[]> {
  const printed: { readonly n: number; readonly text: string }[] = [];
  // One line more than is searched shows the search that the output goes on.
  for (let n = 0; n < Math.min(total, SEARCHED_LINES + 1); n += 1) {
    const line = output.get(n);
    if (line === undefined && n < SEARCHED_LINES) return new Map();
    if (line === undefined || line.stream === 'stdout')
      printed.push({ n, text: safeToShow(line?.text ?? '', 'leave-out') });
  }
  const { found } = candidatesIn(printed.map(({ text }) => text));
  return Map.groupBy(found, ({ line }) => printed[line]?.n ?? line);
}

interface PanelLineProps {
  /** Undefined: not read yet. */
  readonly text: string | undefined;
  readonly candidates: readonly Candidate[] | undefined;
  readonly pick: ((value: string) => void) | undefined;
}

/** A line of output. Its candidates are buttons; the field they fill offers the same to the keyboard. */
export function PanelLine({ text, candidates, pick }: PanelLineProps) {
  if (text === undefined) return '...';
  if (candidates === undefined || pick === undefined) return <LineText text={text} />;
  const plain = safeToShow(text, 'leave-out');
  return (
    <>
      {candidates.map(({ value, name, from, to }, index) => (
        <span key={from}>
          {plain.slice(candidates[index - 1]?.to ?? 0, from)}
          <button
            type="button"
            className="line__pick"
            tabIndex={-1}
            title={`Use ${value}${name === '' ? '' : ` (${name})`}`}
            onClick={() => pick(value)}
          >
            {plain.slice(from, to)}
          </button>
        </span>
      ))}
      {plain.slice(candidates.at(-1)?.to ?? 0)}
    </>
  );
}

function LineText({ text }: { readonly text: string }) {
  if (!text.includes('\u001b')) return text === '' ? '\u00a0' : text;
  return Anser.ansiToJson(text, { use_classes: true, remove_empty: true }).map((part, index) => (
    <span key={index} className={part.fg ? `ansi ${part.fg}` : 'ansi'}>
      {part.content}
    </span>
  ));
}

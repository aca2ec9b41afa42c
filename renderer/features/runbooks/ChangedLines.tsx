import type { DiffLine } from '#shared/runbook-check/unified-diff.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import './runbooks.css';

const SIGN = { ' ': 'same', '-': 'out', '+': 'in' } as const;

/** One place where two texts differ, with the line numbers of both. */
export function ChangedLines({ lines }: { readonly lines: readonly DiffLine[] }) {
  return (
    <table className="changes" aria-label={`Change at line ${lines[0]?.after ?? lines[0]?.before}`}>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.kind} ${line.before} ${line.after}`} className={`changes__${SIGN[line.kind]}`}>
            <td className="tabular">{line.before}</td>
            <td className="tabular">{line.after}</td>
            <td>
              <span className="sr-only">{line.kind === '+' ? 'new: ' : line.kind === '-' ? 'taken out: ' : ''}</span>
              <span aria-hidden="true">{line.kind}</span>
            </td>
            <td>
              <code>{visibleCommand(line.text)}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

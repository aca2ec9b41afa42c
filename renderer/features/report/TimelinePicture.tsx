import type { ReactNode } from 'react';

/**
 * Draws the bars of the report's Mermaid block as GitHub does. Own code, because the page's policy refuses the inline
 * styles of a library. Shows `otherwise` for a block it cannot read.
 */
export function TimelinePicture({ text, otherwise }: { readonly text: string; readonly otherwise: ReactNode }) {
  const rows = rowsOf(text);
  const bars = rows.flatMap((row) => (row.kind === 'bar' ? [row] : []));
  const from = Math.min(...bars.map((bar) => bar.from));
  const until = Math.max(...bars.map((bar) => bar.until));
  if (bars.length === 0 || !Number.isFinite(from) || until <= from) return otherwise;
  const x = (at: number): number => LEFT + ((at - from) / (until - from)) * (WIDTH - LEFT - RIGHT);
  const height = rows.length * ROW + 28;
  const ticks = Array.from({ length: 5 }, (_, n) => from + ((until - from) * n) / 4);
  return (
    <figure className="picture">
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label="Mitigation, changing commands and watch over time">
        {ticks.map((at) => (
          <g key={at}>
            <line className="picture__tick" x1={x(at)} x2={x(at)} y1={0} y2={height - 22} />
            <text className="picture__time" x={x(at)} y={height - 6} textAnchor="middle">
              {new Date(at).toISOString().slice(11, 19)}
            </text>
          </g>
        ))}
        {rows.map((row, n) =>
          row.kind === 'section' ? (
            <text key={row.name} className="picture__section" x={0} y={n * ROW + 16}>
              {row.name}
            </text>
          ) : (
            <g key={`${row.name} ${row.from}`}>
              <text className="picture__name" x={0} y={n * ROW + 16}>
                {row.name.length > 34 ? `${row.name.slice(0, 33)}…` : row.name}
                <title>{row.name}</title>
              </text>
              <rect
                className={`picture__bar picture__bar--${row.tag}`}
                x={x(row.from)}
                y={n * ROW + 4}
                width={Math.max(3, x(row.until) - x(row.from))}
                height={ROW - 8}
                rx={2}
              />
            </g>
          ),
        )}
      </svg>
      <figcaption className="small soft">
        Times are UTC. In the exported file GitHub draws this with Mermaid.
      </figcaption>
    </figure>
  );
}

const WIDTH = 760;
const LEFT = 262;
const RIGHT = 34;
const ROW = 24;

type Row =
  | { readonly kind: 'section'; readonly name: string }
  | {
      readonly kind: 'bar';
      readonly name: string;
      readonly tag: string;
      readonly from: number;
      readonly until: number;
    };

function rowsOf(text: string): readonly Row[] {
  return text.split('\n').flatMap((line): readonly Row[] => {
    const section = /^ {4}section (.+)$/.exec(line);
    if (section?.[1] !== undefined) return [{ kind: 'section', name: section[1] }];
    const [, name, tag, from, until] = /^ {4}(.+) :(\w+), (\S+), (\S+)$/.exec(line) ?? [];
    if (name === undefined || tag === undefined) return [];
    return [{ kind: 'bar', name, tag, from: Date.parse(`${from}Z`), until: Date.parse(`${until}Z`) }];
  });
}

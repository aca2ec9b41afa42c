/**
 * The report as one HTML file: it loads nothing and runs nothing, which its own policy enforces. The main part prints to
 * about two pages; the appendices begin on a new one.
 */
import type { RootContent } from 'mdast';
import { htmlOf } from './html-of.ts';

interface HtmlParts {
  readonly incidentId: string;
  readonly title: string;
  /** SVG markup. */
  readonly picture: string;
  readonly main: readonly RootContent[];
  readonly appendices: readonly RootContent[];
  readonly foot: string;
}

/** Style sheets are inline, everything else is refused. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export function htmlDocument({ incidentId, title, picture, main, appendices, foot }: HtmlParts): string {
  const written = (text: string): string => htmlOf([{ type: 'text', value: text }]);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="incident" content="${incidentId.replace(/[^\w-]/g, '')}">`,
    `<title>${written(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<main>${htmlOf(main, picture)}</main>`,
    ...(appendices.length === 0 ? [] : [`<section class="appendices">${htmlOf(appendices)}</section>`]),
    `<footer>${written(foot)}</footer>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --ground: #fff; --block: #f6f8fa; --mark: #9a3412; --link: #0550ae; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--ground); overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.15rem; margin: 1.4em 0 .3em; border-bottom: 1px solid var(--line); } h3 { font-size: 1rem; margin: 1.2em 0 .3em; }
p, ul { margin: .45em 0; } ul { padding-left: 1.3em; } li p { margin: 0; } .contains-task-list { list-style: none; padding-left: 0; }
a { color: var(--link); }
table { border-collapse: collapse; width: 100%; font-size: .9em; margin: .5em 0; } th, td { border: 1px solid var(--line); padding: .25em .5em; text-align: left; vertical-align: top; overflow-wrap: break-word; } th { background: var(--block); }
td code { overflow-wrap: anywhere; }
code, pre { font: .9em ui-monospace, monospace; } pre { background: var(--block); padding: .6em; white-space: pre-wrap; } .added { font-weight: bold; } .gone { text-decoration: line-through; }
svg { max-width: 100%; height: auto; }
footer { margin-top: 2em; color: var(--soft); font-size: .8em; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9da7b3; --line: #3d444d; --ground: #0d1117; --block: #161b22; --mark: #f0883e; --link: #6cb6ff; }
  .picture-ground { fill: var(--ground); } .picture-ink, .picture-soft { fill: var(--ink); stroke: var(--ground); } .picture-soft { fill: var(--soft); }
  .picture-mark, .picture-running { stroke: var(--ink); } .picture-tick { stroke: var(--line); } .picture-break, .picture-good { stroke: var(--soft); fill: none; }
  .picture-bad, .picture-failed { stroke: var(--mark); } .picture-watch { fill: var(--soft); }
}
@media print {
  @page { size: A4; margin: 13mm 14mm; }
  :root { color-scheme: light; --ink: #000; --soft: #444; --line: #999; --ground: #fff; --block: #f3f3f3; --mark: #000; --link: #000; }
  body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 1.3; } h1 { font-size: 14pt; margin-top: 0; } h2 { font-size: 11pt; margin-top: .9em; } p, ul { margin: .3em 0; }
  h1, h2, h3 { break-after: avoid; } tr, svg { break-inside: avoid; } .appendices { break-before: page; } pre { break-inside: auto; }
}
`;

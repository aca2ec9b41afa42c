/** The style sheet of the printed runbook: black on white, no page break inside a command. */
export const PAPER_STYLE = `
@page { size: A4; margin: 16mm 16mm 18mm; @bottom-right { content: "page " counter(page) " of " counter(pages); font: 9pt sans-serif; } }
* { box-sizing: border-box; }
body { max-width: 178mm; margin: 0 auto; color: #000; background: #fff; font: 10.5pt/1.4 "Liberation Sans", Arial, sans-serif; }
h1 { margin: 0 0 2mm; font-size: 20pt; line-height: 1.15; }
h2 { margin: 8mm 0 2mm; padding-bottom: 1mm; border-bottom: 1.5pt solid #000; font-size: 14pt; }
h3 { margin: 6mm 0 1.5mm; font-size: 12pt; }
h4, h5, h6 { margin: 4mm 0 1mm; font-size: 10.5pt; }
h1, h2, h3, h4, h5, h6, li > p:first-child { break-after: avoid; }
.procedure, h2:has(+ .procedure) { break-before: page; }
h2 + .procedure { break-before: avoid; }
p, ul, ol, blockquote { margin: 0 0 2mm; }
p { white-space: pre-line; }
ul, ol { padding-left: 6mm; }
li { margin-bottom: 1.2mm; }
li > p { margin-bottom: 1mm; }
blockquote { padding-left: 3mm; border-left: 1.5pt solid #777; }
code, pre { font: 9pt/1.35 "Liberation Mono", "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
pre { margin: 1mm 0; padding: 2mm 2.5mm; border: 0.75pt solid #555; white-space: pre-wrap; }
.block { break-inside: avoid; margin: 0 0 3mm; }
table { width: 100%; margin: 0 0 3mm; border-collapse: collapse; font-size: 9.5pt; }
th, td { padding: 1mm 2mm; border: 0.5pt solid #555; text-align: left; vertical-align: top; }
tr { break-inside: avoid; }
.blank td { height: 8mm; }
.task { display: grid; grid-template-columns: 5mm 1fr; gap: 1.5mm; margin-left: -6mm; list-style: none; break-inside: avoid; }
.box { display: inline-block; width: 3.6mm; height: 3.6mm; margin-top: 0.6mm; border: 1pt solid #000; }
.fill { display: flex; flex-wrap: wrap; gap: 1mm 5mm; align-items: end; font-size: 9pt; }
.fill > span { display: inline-flex; flex: 0 0 auto; align-items: end; min-height: 6.5mm; gap: 1.5mm; }
.line { display: inline-block; width: 26mm; border-bottom: 0.75pt solid #000; }
.line.long { width: 52mm; }
.mind { margin: 0 0 1mm; padding: 1mm 2mm; border: 0.75pt dashed #000; font-size: 9pt; }
.about { font-size: 9pt; color: #333; }
.head { padding: 3mm; margin: 3mm 0 5mm; border: 1pt solid #000; }
`;

import type { Paragraph, PhrasingContent, RootContent } from 'mdast';
import { plainText } from './plain-text.ts';
import type { Fact } from './model.ts';
import type { Lines } from './place.ts';

/** Lines of the form `**Key**: value` (or `**Key:** value`) in paragraphs, quotes and bullets, tasks left out. */
export function factsIn(nodes: readonly RootContent[], lines: Lines): readonly Fact[] {
  return nodes.flatMap((node): readonly Fact[] => {
    switch (node.type) {
      case 'paragraph':
        return linesOf(node).flatMap((line) => factOf(line, lines) ?? []);
      case 'blockquote':
        return factsIn(node.children, lines);
      case 'list':
        return node.ordered === true
          ? []
          : node.children.filter((item) => item.checked == null).flatMap((item) => factsIn(item.children, lines));
      default:
        return [];
    }
  });
}

interface Run {
  readonly text: string;
  readonly bold: boolean;
  readonly start: number;
  readonly end: number;
}

/** A paragraph's runs of text, grouped by the line they stand on. */
function linesOf(paragraph: Paragraph): readonly (readonly Run[])[] {
  const lines: Run[][] = [[]];
  for (const child of paragraph.children) {
    if (child.type === 'break') lines.push([]);
    else if (child.type !== 'text') lines.at(-1)?.push(runOf(child, plainText(child), child.type === 'strong'));
    else {
      child.value.split(/\r\n|\n|\r/).forEach((text, index) => {
        if (index > 0) lines.push([]);
        if (text !== '') lines.at(-1)?.push(runOf(child, text, false));
      });
    }
  }
  return lines;
}

function runOf(node: PhrasingContent, text: string, bold: boolean): Run {
  return { text, bold, start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

function factOf(runs: readonly Run[], lines: Lines): Fact | null {
  const [key, ...rest] = runs;
  if (key?.bold !== true) return null;
  const after = rest.map((run) => run.text).join('');
  const name = key.text.trimEnd();
  if (!name.endsWith(':') && !/^\s*:/.test(after)) return null;
  const start = key.start;
  // A text node may span several lines; a fact ends with its own.
  const lineEnd = lines.startOf(lines.lineOf(start) + 1);
  const end = Math.min(Math.max(...runs.map((run) => run.end)), lineEnd);
  return {
    key: name.replace(/:$/, '').trim(),
    value: after.replace(/^\s*:/, '').trim(),
    ...lines.place(start, Math.max(start, end)),
  };
}

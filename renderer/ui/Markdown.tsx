/**
 * Renders mdast as React elements. Raw HTML is shown as text and an image as its description, because the page's policy
 * loads nothing from elsewhere. Only https, mailto and in-page links become links.
 */
import type { AlignType, Nodes, Parent, PhrasingContent, RootContent, Table, TableCell } from 'mdast';
import { createElement, Fragment, type ReactNode } from 'react';
import { visibleCommand } from '#shared/words/visible.ts';
import { CopyButton } from './CopyButton.tsx';

interface MarkdownProps {
  readonly nodes: readonly RootContent[];
  /** The id of a heading, for links to it. */
  readonly headingId?: (line: number) => string | undefined;
  /** Rendered below a code block that covers these lines. */
  readonly beside?: (from: number, until: number) => ReactNode;
}

export function Markdown({ nodes, headingId, beside }: MarkdownProps) {
  return (
    <>
      {nodes.map((node, index) => (
        <Fragment key={keyOf(node, index)}>{render(node, headingId, beside)}</Fragment>
      ))}
    </>
  );
}

const keyOf = (node: Nodes, index: number): string => `${node.type} ${node.position?.start.offset ?? index}`;

type HeadingId = MarkdownProps['headingId'];
type Beside = MarkdownProps['beside'];

const inside = (parent: Parent, headingId: HeadingId, beside: Beside): ReactNode => (
  <Markdown nodes={parent.children} {...(headingId ? { headingId } : {})} {...(beside ? { beside } : {})} />
);

function render(node: Nodes, headingId: HeadingId, beside: Beside): ReactNode {
  switch (node.type) {
    case 'text':
      return node.value;
    case 'paragraph':
      return <p>{inside({ ...node, children: withFactLines(node.children) }, headingId, beside)}</p>;
    case 'heading':
      return createElement(
        `h${node.depth}`,
        { id: headingId?.(node.position?.start.line ?? 0), tabIndex: -1 },
        inside(node, headingId, beside),
      );
    case 'strong':
      return <strong>{inside(node, headingId, beside)}</strong>;
    case 'emphasis':
      return <em>{inside(node, headingId, beside)}</em>;
    case 'delete':
      return <del>{inside(node, headingId, beside)}</del>;
    case 'inlineCode':
      return <code>{visibleCommand(node.value)}</code>;
    case 'code':
      return (
        <>
          <CodeBlock text={node.value} />
          {beside?.(node.position?.start.line ?? 0, node.position?.end.line ?? 0)}
        </>
      );
    case 'yaml':
      return (
        <details>
          <summary>Front matter</summary>
          <pre>{visibleCommand(node.value)}</pre>
        </details>
      );
    case 'html':
      return <code>{visibleCommand(node.value)}</code>;
    case 'break':
      return <br />;
    case 'thematicBreak':
      return <hr />;
    case 'blockquote':
      return <blockquote>{inside(node, headingId, beside)}</blockquote>;
    case 'list':
      return node.ordered === true ? (
        <ol start={node.start ?? 1}>{inside(node, headingId, beside)}</ol>
      ) : (
        <ul>{inside(node, headingId, beside)}</ul>
      );
    case 'listItem':
      return node.checked == null ? (
        <li>{inside(node, headingId, beside)}</li>
      ) : (
        <li className="task">
          <span className="task__box" role="img" aria-label={node.checked ? 'ticked' : 'not ticked'}>
            {node.checked ? '\u2611' : '\u2610'}
          </span>
          <div>{inside(node, headingId, beside)}</div>
        </li>
      );
    case 'table':
      return <TableOf table={node} headingId={headingId} />;
    case 'link':
      return <LinkTo url={node.url}>{inside(node, headingId, beside)}</LinkTo>;
    case 'image':
    case 'imageReference':
      return `[image: ${node.alt ?? ''}]`;
    case 'footnoteReference':
      return <sup>{node.identifier}</sup>;
    case 'footnoteDefinition':
      return (
        <div>
          <sup>{node.identifier}</sup> {inside(node, headingId, beside)}
        </div>
      );
    case 'linkReference':
      return inside(node, headingId, beside);
    case 'definition':
      return null;
    case 'root':
    case 'tableRow':
    case 'tableCell':
      return inside(node, headingId, beside);
  }
}

/** Lines that begin with a bold key are shown one per line, even where Markdown would join them. */
function withFactLines(children: readonly PhrasingContent[]): PhrasingContent[] {
  return children.flatMap((child, index) => {
    const next = children[index + 1];
    const ends = child.type === 'text' && /\n\s*$/.test(child.value) && next?.type === 'strong';
    return ends ? [child, { type: 'break' }] : [child];
  });
}

const CodeBlock = ({ text }: { readonly text: string }) => (
  <div className="copyable">
    <pre>
      <code>{visibleCommand(text)}</code>
    </pre>
    <CopyButton text={text} what="block" />
  </div>
);

function LinkTo({ url, children }: { readonly url: string; readonly children: ReactNode }) {
  if (!/^(https:|mailto:)/i.test(url)) return <span title={url}>{children}</span>;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}

function TableOf({ table, headingId }: { readonly table: Table; readonly headingId: HeadingId }) {
  const [head, ...rows] = table.children;
  const cells = (row: Table['children'][number], as: 'th' | 'td'): ReactNode =>
    row.children.map((cell, index) =>
      createElement(
        as,
        {
          key: keyOf(cell, index),
          style: alignment(table.align?.[index]),
          // A date would otherwise break at each of its hyphens.
          ...(startsWithDate(cell) ? { className: 'nowrap' } : {}),
          ...(as === 'th' ? { scope: 'col' } : {}),
        },
        inside(cell, headingId, undefined),
      ),
    );
  return (
    <div className="table-scroll" role="group" aria-label="Table" tabIndex={0}>
      <table>
        <thead>{head === undefined ? null : <tr>{cells(head, 'th')}</tr>}</thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={keyOf(row, index)}>{cells(row, 'td')}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** 2025-10-12, with a time or not, and nothing else. */
function startsWithDate({ children }: TableCell): boolean {
  const [only] = children;
  return children.length === 1 && only?.type === 'text' && /^\d{4}-\d\d-\d\d(?:[ T][\d:]+(?: UTC)?)?$/.test(only.value);
}

const alignment = (align: AlignType | undefined): { textAlign: 'left' | 'right' | 'center' } | undefined =>
  align == null ? undefined : { textAlign: align };

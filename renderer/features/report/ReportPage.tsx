import { memo } from 'react';
import type { Root, RootContent } from 'mdast';
import { Markdown } from '../../ui/Markdown.tsx';
import { TimelinePicture } from './TimelinePicture.tsx';

/** The report as readers will see it, with the timeline chart and diffs drawn. */
export const ReportPage = memo(function ReportPage({ tree }: { readonly tree: Root }) {
  return tree.children.map((node, index) => <Block key={`${node.type} ${index}`} node={node} />);
});

function Block({ node }: { readonly node: RootContent }) {
  const plain = <Markdown nodes={[node]} />;
  if (node.type !== 'code') return plain;
  if (node.lang === 'mermaid') return <TimelinePicture text={node.value} otherwise={plain} />;
  if (node.lang === 'diff') return <Diff text={node.value} />;
  return plain;
}

const LINE: Readonly<Record<string, string>> = {
  '+': 'diff__line diff__line--added',
  '-': 'diff__line diff__line--gone',
};

const Diff = ({ text }: { readonly text: string }) => (
  <pre className="diff" aria-label="Changes to the runbook">
    {text.split('\n').map((line, index) => (
      <span
        key={`${index} ${line}`}
        className={/^(\+\+\+|---) /.test(line) ? 'diff__line' : (LINE[line.charAt(0)] ?? 'diff__line')}
      >
        {line}
        {'\n'}
      </span>
    ))}
  </pre>
);

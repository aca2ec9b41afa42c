/**
 * The report in Slack's own marks (docs.slack.dev/messaging/formatting-message-text), which is also plain text that reads
 * well. It is pasted by a person, so nothing is written for Slack's API: no `<address>`, no `&amp;`.
 */
import type { Nodes, RootContent } from 'mdast';

export const mrkdwn = (nodes: readonly RootContent[]): string =>
  `${nodes
    .map((node) => written(node))
    .filter((block) => block !== '')
    .join('\n\n')}\n`;

function written(node: Nodes): string {
  switch (node.type) {
    case 'text':
      return node.value;
    case 'inlineCode':
      return `\`${node.value.replaceAll('`', "'")}\``;
    case 'code':
      return node.lang === 'mermaid' ? '' : `\`\`\`\n${node.value.replaceAll('```', "'''")}\n\`\`\``;
    case 'strong':
      return `*${inside(node)}*`;
    case 'emphasis':
      return `_${inside(node)}_`;
    case 'break':
      return '\n';
    case 'link':
      return node.url;
    case 'list':
      return node.children.map((item) => `• ${inside(item)}`).join('\n');
    case 'yaml':
    case 'html':
    case 'image':
      return '';
    default:
      return inside(node);
  }
}

const inside = (node: Nodes): string =>
  'children' in node ? node.children.map((child) => written(child)).join('') : '';

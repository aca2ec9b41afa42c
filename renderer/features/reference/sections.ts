/** The sections of a runbook in its Markdown tree. */
import type { RootContent } from 'mdast';
import type { OpenRunbook } from '#shared/api/calls.ts';
import type { Section } from '#shared/runbook/model.ts';

const startOf = (node: RootContent): number => node.position?.start.offset ?? 0;

/** The nodes of a section, including its heading and subsections. */
export function sectionNodes(runbook: OpenRunbook, section: Section): readonly RootContent[] {
  const after = runbook.model.sections.find((other) => other.start > section.start && other.level <= section.level);
  const end = after?.start ?? Number.POSITIVE_INFINITY;
  return runbook.tree.children.filter((node) => startOf(node) >= section.start && startOf(node) < end);
}

/** The HTML id of a section's heading. */
export const anchorOf = (sectionId: string): string => `section-${sectionId}`;

/** Returns the HTML id of the heading on a line. */
export function anchorAtLine(runbook: OpenRunbook): (line: number) => string | undefined {
  const byLine = new Map(runbook.model.sections.map((section) => [section.line, anchorOf(section.id)]));
  return (line) => byLine.get(line);
}

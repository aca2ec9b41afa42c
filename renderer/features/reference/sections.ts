/** A runbook cut into its sections, for showing one at a time or all in order. */
import type { RootContent } from 'mdast';
import type { OpenRunbook } from '#shared/contract/calls.ts';
import type { Section } from '#shared/runbook/model.ts';

const startOf = (node: RootContent): number => node.position?.start.offset ?? 0;

/** What stands under a section's heading, the heading and its sub-sections included. */
export function sectionNodes(runbook: OpenRunbook, section: Section): readonly RootContent[] {
  const after = runbook.model.sections.find((other) => other.start > section.start && other.level <= section.level);
  const end = after?.start ?? Number.POSITIVE_INFINITY;
  return runbook.tree.children.filter((node) => startOf(node) >= section.start && startOf(node) < end);
}

/** The id a section's heading has in the page. */
export const anchorOf = (sectionId: string): string => `section-${sectionId}`;

/** The anchor of the heading that stands on a line. */
export function anchorAtLine(runbook: OpenRunbook): (line: number) => string | undefined {
  const byLine = new Map(runbook.model.sections.map((section) => [section.line, anchorOf(section.id)]));
  return (line) => byLine.get(line);
}

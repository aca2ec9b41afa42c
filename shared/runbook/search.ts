import type { Runbook } from './model.ts';
export function searchRunbook(model: Runbook, source: string, query: string): readonly { sectionId: string; title: string; line: number; excerpt: string }[] {
  return model.sections.filter((s) => source.slice(s.start, s.end).includes(query)).map((s) => ({ sectionId: s.id, title: s.title, line: s.line, excerpt: '' }));
}

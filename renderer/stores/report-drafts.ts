/**
 * What is typed into the report's fields and is not on the timeline yet. Kept outside of the screen, so that neither a
 * refusal nor a look elsewhere loses a word.
 */
import { create } from 'zustand';

interface Drafts {
  /** By incident and field. */
  readonly texts: Readonly<Record<string, string>>;
}

export const useReportDrafts = create<Drafts>(() => ({ texts: {} }));

export const draftKey = (incidentId: string, field: string): string => `${incidentId} ${field}`;

export function keepDraft(key: string, text: string): void {
  useReportDrafts.setState(({ texts }) => ({ texts: { ...texts, [key]: text } }));
}

const saves = new Set<Promise<boolean>>();

/** Notes a save that is on its way, so that an export can wait for it. */
export function saving(save: Promise<boolean>): Promise<boolean> {
  saves.add(save);
  void save.finally(() => saves.delete(save));
  return save;
}

/** Resolves when no answer is on its way any more. */
export const savesSettled = async (): Promise<void> => void (await Promise.allSettled(saves));

/** Saved: but only when nothing was typed meanwhile. */
export function dropDraft(key: string, saved: string): void {
  useReportDrafts.setState(({ texts }) => {
    if (texts[key] !== saved) return { texts };
    const { [key]: _gone, ...rest } = texts;
    return { texts: rest };
  });
}

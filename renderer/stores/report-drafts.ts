/**
 * Text typed into the report's fields and not saved yet. Kept outside the screen, so that it survives a failed save and
 * a visit to another screen.
 */
import { create } from 'zustand';

interface Drafts {
  /** By `draftKey`: incident and field. */
  readonly texts: Readonly<Record<string, string>>;
}

export const useReportDrafts = create<Drafts>(() => ({ texts: {} }));

export const draftKey = (incidentId: string, field: string): string => `${incidentId} ${field}`;

export function keepDraft(key: string, text: string): void {
  useReportDrafts.setState(({ texts }) => ({ texts: { ...texts, [key]: text } }));
}

const saves = new Set<Promise<boolean>>();

/** Remembers a save in progress, so that an export can wait for it. */
export function saving(save: Promise<boolean>): Promise<boolean> {
  saves.add(save);
  void save.finally(() => saves.delete(save));
  return save;
}

/** Resolves when no save is in progress. */
export const savesSettled = async (): Promise<void> => void (await Promise.allSettled(saves));

/** Drops a saved draft, unless more was typed in the meantime. */
export function dropDraft(key: string, saved: string): void {
  useReportDrafts.setState(({ texts }) => {
    if (texts[key] !== saved) return { texts };
    const { [key]: _gone, ...rest } = texts;
    return { texts: rest };
  });
}

/** Which panel is open. Only one is open at a time. */
import { create } from 'zustand';

export type Panel = 'palette' | 'keys' | 'contacts';

export const usePanel = create<{ readonly open: Panel | null }>(() => ({ open: null }));

/** Opens a panel, or closes it if it is open. null closes any. */
export function togglePanel(panel: Panel | null): void {
  usePanel.setState(({ open }) => ({ open: open === panel ? null : panel }));
}

/** Which of the window's overlays is open; one at a time. */
import { create } from 'zustand';

export type Panel = 'palette' | 'keys' | 'contacts';

export const usePanel = create<{ readonly open: Panel | null }>(() => ({ open: null }));

/** Opens it, or closes it when it is open already; null closes whatever is. */
export function togglePanel(panel: Panel | null): void {
  usePanel.setState(({ open }) => ({ open: open === panel ? null : panel }));
}

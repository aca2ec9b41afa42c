/** What went wrong and what can be done, in one fixed place until the person puts it away. */
import { create } from 'zustand';
import type { Failure } from '#shared/contract/result.ts';

interface Notices {
  readonly notices: readonly Failure[];
}

export const useNotices = create<Notices>(() => ({ notices: [] }));

/** The same message twice is shown once. */
export function tell(failure: Failure): void {
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter((other) => other.message !== failure.message), failure],
  }));
}

export function dismissNotices(): void {
  useNotices.setState({ notices: [] });
}

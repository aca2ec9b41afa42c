/** Failures shown in the notice bar until a person dismisses them. */
import { create } from 'zustand';
import type { Failure } from '#shared/contract/result.ts';

interface Notices {
  readonly notices: readonly Failure[];
}

export const useNotices = create<Notices>(() => ({ notices: [] }));

/** A repeated message is shown once. */
export function tell(failure: Failure): void {
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter((other) => other.message !== failure.message), failure],
  }));
}

export function dismissNotices(): void {
  useNotices.setState({ notices: [] });
}

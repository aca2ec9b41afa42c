/** Failures shown in the notice bar until a person dismisses them, acts with success, or goes to another screen. */
import { create } from 'zustand';
import type { Failure } from '#shared/api/result.ts';

interface Notices {
  /** The newest is the last. */
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
  if (useNotices.getState().notices.length > 0) useNotices.setState({ notices: [] });
}

/** Takes back one failure that does not hold any more. */
export function withdraw(failure: Failure): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter(({ message }) => message !== failure.message) }));
}

import { dateTime } from '../../ui/time.ts';

/** 2025-10-13, local. */
export const date = (at: number): string => dateTime(at).slice(0, 10);

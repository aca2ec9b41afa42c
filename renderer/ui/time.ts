/** Times and durations as text. All arguments are in milliseconds. */

/** 3:12, 0:07, 1:02:05. Whole seconds, rounded down, never negative. */
export function duration(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1_000));
  const hours = Math.floor(total / 3_600);
  const minutes = Math.floor((total % 3_600) / 60);
  const seconds = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** "3:12 left", or "OVER 0:07" when the target has passed. */
export function remaining(ms: number): string {
  return ms >= 0 ? `${duration(Math.ceil(ms / 1_000) * 1_000)} left` : `OVER ${duration(-ms)}`;
}

/** 12 s ago, 3 min ago, 2 h ago. */
export function ago(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 90) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 90 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** 14:02:07, local. */
export function timeOfDay(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** 14:02, local. */
const hourMinute = (at: number): string => timeOfDay(at).slice(0, 5);

/** 2025-10-13, local. */
export const date = (at: number): string => dateTime(at).slice(0, 10);

/** 2025-10-13 14:02, local. */
export function dateTime(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${hourMinute(at)}`;
}

/**
 * The first SIGINT or SIGTERM, or the end of the script that started us (build/setup/run-to-end.mjs), however it ended.
 * A second signal has its usual effect, so that nobody is ever locked in.
 */
export function untilSignal(): { readonly signal: Promise<void>; readonly stop: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = (): void => {
    process.off('SIGINT', heard);
    process.off('SIGTERM', heard);
    process.off('disconnect', heard);
  };
  const heard = (): void => {
    stop();
    resolve();
  };
  process.on('SIGINT', heard);
  process.on('SIGTERM', heard);
  // Undefined: started without an IPC channel. False: the parent ended before we listened.
  const tied = process.connected as boolean | undefined;
  if (tied === true) process.on('disconnect', heard);
  else if (tied === false) heard();
  return { signal: promise, stop };
}

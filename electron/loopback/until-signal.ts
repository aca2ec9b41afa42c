/** The first SIGINT or SIGTERM; a second one has its usual effect, so that nobody is ever locked in. */
export function untilSignal(): { readonly signal: Promise<void>; readonly stop: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = (): void => {
    process.off('SIGINT', heard);
    process.off('SIGTERM', heard);
  };
  const heard = (): void => {
    stop();
    resolve();
  };
  process.on('SIGINT', heard);
  process.on('SIGTERM', heard);
  return { signal: promise, stop };
}

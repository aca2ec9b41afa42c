/** The channel to the process that owns Chromium. */
import { openChannel } from '../channel.ts';
import type { BrowserCalls, MainCalls } from '../messages.ts';

const handlers = {} as MainCalls;

export const browser = openChannel<MainCalls, BrowserCalls>(
  {
    send: (message) => {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => void process.on('message', listener),
  },
  handlers,
);

/** Starts to answer Chromium. The app ends when the process that owns Chromium does. */
export function answerWith(answers: MainCalls): void {
  Object.assign(handlers, answers);
  process.on('disconnect', () => process.exit(0));
}

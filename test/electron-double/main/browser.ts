/** The line to the process that owns Chromium. */
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

/** From now on Chromium is answered; when its owner is gone, there is nobody left to show a window to. */
export function answerWith(answers: MainCalls): void {
  Object.assign(handlers, answers);
  process.on('disconnect', () => process.exit(0));
}

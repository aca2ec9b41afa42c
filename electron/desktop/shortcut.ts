/** A key that brings the incident forward from any program; taken only while an incident is open. */
import { app, globalShortcut } from 'electron';

const FORWARD_KEY = 'CommandOrControl+Alt+Shift+R';

/** Returns a function that takes whether the shortcut is needed. A shortcut of another program stays with that program. */
export function forwardKey(pressed: () => void): (needed: boolean) => void {
  let asked = false;
  app.on('will-quit', () => globalShortcut.unregisterAll());
  return (needed) => {
    if (needed === asked) return;
    asked = needed;
    if (needed) globalShortcut.register(FORWARD_KEY, pressed);
    else globalShortcut.unregister(FORWARD_KEY);
  };
}

/** Tells a person something over the system's notifications; a click leads to what it is about. */
import { Notification, app, globalShortcut } from 'electron';

/** Kept until they are clicked or closed: one that is collected takes its click with it. */
const shown = new Set<Notification>();
const MOST = 50;

export function notify(title: string, body: string, clicked: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  const forget = (): void => void shown.delete(notification);
  notification.on('click', () => {
    forget();
    clicked();
  });
  notification.on('close', forget);
  shown.add(notification);
  // Some platforms never tell that one was closed.
  for (const oldest of shown.size > MOST ? [...shown].slice(0, shown.size - MOST) : []) shown.delete(oldest);
  notification.show();
}

/** Brings the incident forward from any program; taken only while an incident is open. */
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

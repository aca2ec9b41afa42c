/** Tells a person something over the system's notifications; a click leads to what it is about. */
import { Notification, app, globalShortcut } from 'electron';

/** Kept until they are clicked or closed: one that is collected takes its click with it. */
const shown = new Set<Notification>();
const MOST = 50;

/** What the system said of the last notification that it refused; null once one was shown. */
let refusal: string | null = null;

/** Why a person sees none of our notifications, or null as far as is known. */
export function whyNoNotifications(): string | null {
  const instead = 'Keep the window or the compact clock in sight.';
  if (!Notification.isSupported()) return `This system shows no notifications. ${instead}`;
  return refusal === null ? null : `The system refused a notification (${refusal}). ${instead}`;
}

export function notify(title: string, body: string, clicked: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  const forget = (): void => void shown.delete(notification);
  notification.on('click', () => {
    forget();
    clicked();
  });
  notification.on('close', forget);
  notification.on('show', () => (refusal = null));
  notification.on('failed', (_event, error) => (refusal = error));
  shown.add(notification);
  // Some platforms never tell that one was closed.
  for (const oldest of shown.size > MOST ? [...shown].slice(0, shown.size - MOST) : []) shown.delete(oldest);
  notification.show();
}

/** Brings the incident forward from any program; taken only while an incident is open. */
const FORWARD_KEY = 'CommandOrControl+Alt+Shift+R';

/**
 * Returns a function that takes whether the shortcut is needed. A shortcut of another program stays with that program:
 * `refused` is told so, and null when that is over.
 */
export function forwardKey(pressed: () => void, refused: (why: string | null) => void): (needed: boolean) => void {
  let asked = false;
  app.on('will-quit', () => globalShortcut.unregisterAll());
  return (needed) => {
    if (needed === asked) return;
    asked = needed;
    const taken = needed && !globalShortcut.register(FORWARD_KEY, pressed);
    if (!needed) globalShortcut.unregister(FORWARD_KEY);
    const why = `The system gave the key ${FORWARD_KEY} to another program. Use the tray to come back to the incident.`;
    refused(taken ? why : null);
  };
}

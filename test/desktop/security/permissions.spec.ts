import { openProbe } from '../probe-window.ts';
import { expect, test } from '../shell-test.ts';

test('the page gets only the permission to write to the clipboard', async ({ shell }) => {
  const page = await shell.window();
  const found = await page.evaluate(async () => {
    const state = async (name: string): Promise<string> =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    return {
      asked: await Promise.all(['geolocation', 'notifications', 'clipboard-read', 'camera', 'midi'].map(state)),
      notification: Notification.permission,
      located: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('located'),
          ({ code }) => resolve(code === GeolocationPositionError.PERMISSION_DENIED ? 'denied' : code),
        ),
      ),
      heard: await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'heard',
        () => 'refused',
      ),
      clipboard: await state('clipboard-write'),
    };
  });
  expect(found).toEqual({
    asked: ['denied', 'denied', 'denied', 'denied', 'denied'],
    notification: 'denied',
    located: 'denied',
    heard: 'refused',
    clipboard: 'granted',
  });
});

test("without the shell's handlers a page would get all permissions", async ({ shell, folder }) => {
  // A new session grants everything: the refusals above come from the shell.
  const { page, close } = await openProbe({ shell, folder });
  const granted = await page.evaluate(async () =>
    Promise.all(
      ['geolocation', 'notifications'].map(async (name) => {
        const { state } = await navigator.permissions.query({ name: name as PermissionName });
        return state;
      }),
    ),
  );
  expect(granted).toEqual(['granted', 'granted']);
  await close();
});

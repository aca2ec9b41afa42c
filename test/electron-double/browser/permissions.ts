/** Applies the session's permission handlers as Chromium's settings for the origin of a page, whenever one is loaded. */
import type { CDPSession } from '@playwright/test';
import type { Channel } from '../channel.ts';
import type { MainCalls } from '../messages.ts';
import { toBrowser } from '../scheme.ts';

/** The permission's name in Electron, and in Chromium. */
const NAMES = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['midi', 'midi'],
  ['storage-access', 'storage-access'],
] as const;

export async function setPermissions(
  cdp: CDPSession,
  main: Channel<MainCalls>,
  partition: string,
  url: string,
): Promise<void> {
  const address = URL.parse(toBrowser(url));
  if (address === null || address.origin === 'null') return;
  const granted = await main.call(
    'permissions',
    partition,
    url,
    NAMES.map(([name]) => name),
  );
  // Without the browser context the setting would apply to another profile.
  const { targetInfo } = await cdp.send('Target.getTargetInfo');
  const browserContextId = targetInfo.browserContextId;
  for (const [index, [, name]] of NAMES.entries()) {
    await cdp.send('Browser.setPermission', {
      permission: { name },
      setting: granted[index] === true ? 'granted' : 'denied',
      origin: address.origin,
      ...(browserContextId === undefined ? {} : { browserContextId }),
    });
  }
}

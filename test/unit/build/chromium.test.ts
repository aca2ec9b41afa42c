import { expect, it } from 'vitest';
import { chromiumInstaller } from '../../../build/setup/chromium.mjs';

it('Chromium is installed by apt for root on Debian, otherwise by Playwright', () => {
  const debian = 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n';
  expect(chromiumInstaller({ uid: 0, osRelease: debian })).toBe('apt');
  expect(chromiumInstaller({ uid: 1000, osRelease: debian })).toBe('playwright');
  expect(chromiumInstaller({ uid: 0, osRelease: 'ID=ubuntu\nID_LIKE=debian\n' })).toBe('playwright');
  expect(chromiumInstaller({ uid: undefined, osRelease: '' })).toBe('playwright');
});

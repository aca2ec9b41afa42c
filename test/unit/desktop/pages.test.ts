import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answerPage } from '../../../electron/desktop/page-answer.ts';
import { mayUse, mayCall } from '../../../electron/desktop/permissions.ts';
import { isOurs, isWebLink, PAGE } from '../../../electron/desktop/places.ts';
import { windowSettings } from '../../../electron/desktop/window-settings.ts';

const STRANGERS = [
  'app://rollbook.evil/index.html',
  'app://other/index.html',
  'app://rollbook:81/index.html',
  'app:rollbook',
  'other://rollbook/index.html',
  'https://rollbook/index.html',
  'file:///index.html',
  'about:blank',
  'data:text/html,x',
  '',
];

describe('whose page it is', () => {
  it('knows our own by protocol and host', () => {
    expect(isOurs(PAGE)).toBe(true);
    expect(isOurs(`${PAGE}#/incident/1`)).toBe(true);
    // The trap: these two have the same `.origin`.
    expect(new URL('other://x/').origin).toBe(new URL(PAGE).origin);
    for (const url of STRANGERS) expect([url, isOurs(url)]).toEqual([url, false]);
  });

  it('lets only the main frame of our page call', () => {
    expect(mayCall({ url: PAGE, parent: null })).toBe(true);
    expect(mayCall({ url: PAGE, parent: {} })).toBe(false);
    expect(mayCall(null)).toBe(false);
    for (const url of STRANGERS) expect(mayCall({ url, parent: null })).toBe(false);
  });

  it('hands only https to the system', () => {
    expect(isWebLink('https://fly.io/apps/hotdash')).toBe(true);
    for (const url of ['http://fly.io', 'file:///etc/passwd', 'javascript:1', 'smb://host', 'https', '']) {
      expect(isWebLink(url)).toBe(false);
    }
  });

  it('grants copying to our page and nothing else to anybody', () => {
    expect(mayUse('clipboard-sanitized-write', 'app://rollbook/')).toBe(true);
    expect(mayUse('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
    for (const permission of [
      'clipboard-read',
      'notifications',
      'media',
      'geolocation',
      'openExternal',
      'fullscreen',
      'unknown',
    ]) {
      expect(mayUse(permission, PAGE)).toBe(false);
    }
  });
});

describe('the answer of app://', () => {
  function built(): string {
    const folder = mkdtempSync(join(tmpdir(), 'rollbook-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, 'window/assets'), { recursive: true });
    writeFileSync(join(folder, 'window/index.html'), 'the page');
    writeFileSync(join(folder, 'window/assets/main.js'), 'the script');
    writeFileSync(join(folder, 'outside.txt'), 'outside');
    return join(folder, 'window');
  }

  it('is the file, with the policy that connects to nothing', async () => {
    const response = await answerPage(built(), 'GET', PAGE);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('the page');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("connect-src 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await answerPage(built(), 'GET', 'app://rollbook/')).status).toBe(200);
    expect(await (await answerPage(built(), 'GET', 'app://rollbook/assets/main.js?x')).text()).toBe('the script');
  });

  it('is a refusal, with the same policy, for everything else', async () => {
    const folder = built();
    const asked: readonly (readonly [number, string, string])[] = [
      [405, 'POST', PAGE],
      [405, 'HEAD', PAGE],
      [404, 'GET', 'app://rollbook/missing.js'],
      [404, 'GET', 'app://rollbook/assets/'],
      [404, 'GET', 'app://rollbook/..%2foutside.txt'],
      [404, 'GET', 'app://rollbook/%2e%2e/outside.txt'],
      ...STRANGERS.map((url) => [403, 'GET', url] as const),
    ];
    for (const [status, method, url] of asked) {
      const response = await answerPage(folder, method, url);
      expect([url, response.status]).toEqual([url, status]);
      expect(await response.text()).toBe('');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });
});

describe('the window', () => {
  it('is sandboxed and isolated, and has tools for developers only when not packaged', () => {
    const { webPreferences, show } = windowSettings('/app/preload.cjs', false, true);
    expect(show).toBe(false);
    expect(webPreferences).toEqual({
      preload: '/app/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: false,
    });
    expect(windowSettings('/p', false, false).webPreferences.devTools).toBe(true);
    expect(windowSettings('/p', true, true).backgroundColor).not.toBe(
      windowSettings('/p', false, true).backgroundColor,
    );
  });
});

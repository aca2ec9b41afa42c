import { expect, test } from '../shell-test.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

test('the page is served with its content security policy, which is enforced', async ({ shell }) => {
  const headers = await shell.evaluate(async ({ session }) => {
    const response = await session.defaultSession.fetch('app://rollbook/index.html');
    return Object.fromEntries(response.headers.entries());
  });
  expect(headers).toMatchObject({ 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' });
  const page = await shell.window();
  const broken = await page.evaluate(async () => {
    const violations = new Set<string>();
    const both = new Promise<void>((resolve) =>
      document.addEventListener('securitypolicyviolation', (event) => {
        if (violations.add(event.violatedDirective).size === 2) resolve();
      }),
    );
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true';
    document.head.append(script);
    const fetched = await fetch('/index.html').then(
      () => 'fetched',
      () => 'refused',
    );
    await both;
    script.remove();
    return { injected: 'injected' in globalThis, fetched, violations: [...violations].sort() };
  });
  expect(broken).toEqual({ injected: false, fetched: 'refused', violations: ['connect-src', 'script-src-elem'] });
});

test('only files of the window are served', async ({ shell }) => {
  const asked = [
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e%2f%2e%2e%2fpackage.json',
    '/..%5c..%5cpackage.json',
    '/..%255c..%255cpackage.json',
    '/%252e%252e%252fpackage.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    '/etc/passwd',
    '/C:%5cWindows%5cwin.ini',
    '/index.html%00.js',
    '/.env',
    '/assets',
    '/%ff',
    '/missing.js',
  ];
  const answers = await shell.evaluate(
    ({ session }, asked) =>
      Promise.all(
        asked.map(async (path) => {
          const response = await session.defaultSession.fetch(`app://rollbook${path}`);
          return [path, response.status, (await response.text()).length] as const;
        }),
      ),
    asked,
  );
  expect(answers).toEqual(asked.map((path) => [path, 404, 0]));
});

test("only GET requests to Rollbook's host are answered", async ({ shell }) => {
  const statuses = await shell.evaluate(async ({ session }) => {
    const status = async (url: string, method: string): Promise<number> =>
      (await session.defaultSession.fetch(url, { method })).status;
    return {
      get: await status('app://rollbook/index.html', 'GET'),
      others: await Promise.all(
        ['POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'].map((name) => status('app://rollbook/index.html', name)),
      ),
      hosts: await Promise.all(
        ['evil', 'rollbook.evil', 'rollbook:80', 'xrollbook'].map((host) => status(`app://${host}/index.html`, 'GET')),
      ),
    };
  });
  expect(statuses).toEqual({ get: 200, others: [405, 405, 405, 405, 405, 405], hosts: [403, 403, 403, 403] });
});

import { openProbe } from '../probe-window.ts';
import { expect, test } from '../shell-test.ts';

/** The functions that the test calls in the isolated world. */
const PRELOAD = `
const { contextBridge } = require('electron');
class Ship { constructor() { this.name = 'Pier'; } sail() { return 1; } }
globalThis.ofThePreload = 'secret';
const api = {
  nested: { list: [1, { deep: true }] },
  ship: new Ship(),
  kept: { value: 1 },
  readKept: () => api.kept.value,
  echo: (value) => value,
  typeOf: (value) => Object.prototype.toString.call(value) + (value && value.constructor === Object),
  change: (value) => { value.changed = true; return value; },
  call: (callback, ...args) => callback(...args),
  later: async (value) => value,
  rejects: async () => { throw new TypeError('not today'); },
  throws: () => { throw new RangeError('too far'); },
  symbol: () => Symbol('x'),
  pageValue: () => [typeof globalThis.ofThePage, typeof ''.ofThePage],
  twice: () => contextBridge.exposeInMainWorld('api', {}),
};
contextBridge.exposeInMainWorld('api', api);
`;

type Api = Record<string, (...args: unknown[]) => unknown> & {
  nested: { list: unknown[] };
  ship: object;
  kept: { value: number };
};
declare const api: Api;

test('exposed values are frozen copies that cannot be replaced', async ({ shell, folder }) => {
  const { page, close } = await openProbe({ shell, folder, preload: PRELOAD });
  expect(
    await page.evaluate(() => {
      const attempt = (work: () => unknown): string => {
        try {
          return String(work());
        } catch (thrown) {
          return (thrown as Error).name;
        }
      };
      return {
        frozen: [api, api.nested, api.nested.list, api.nested.list[1], api['echo']].map((one) => Object.isFrozen(one)),
        replaced: Reflect.set(globalThis, 'api', 1),
        removed: Reflect.deleteProperty(globalThis, 'api'),
        redefined: attempt(() => Object.defineProperty(globalThis, 'api', { value: 1 })),
        changed: Reflect.set(api.kept, 'value', 2),
        kept: api['readKept']?.(),
        // Of an instance only its own properties arrive.
        ship: [Object.keys(api.ship), Object.getPrototypeOf(api.ship) === Object.prototype],
      };
    }),
  ).toEqual({
    frozen: [true, true, true, true, true],
    replaced: false,
    removed: false,
    redefined: 'TypeError',
    changed: false,
    kept: 1,
    ship: [['name'], true],
  });
  await close();
});

test('values are copied, functions and promises get proxies, and errors keep their messages', async ({
  shell,
  folder,
}) => {
  const { page, close } = await openProbe({ shell, folder, preload: PRELOAD });
  expect(
    await page.evaluate(async () => {
      const own = {
        list: [1, undefined, null],
        at: new Date(5),
        map: new Map([[1, 2]]),
        bytes: new Uint8Array([1, 2]),
      };
      const back = api['echo']?.(own) as typeof own;
      const changed = api['change']?.(own);
      const words = async (work: () => unknown): Promise<string> => {
        try {
          await work();
          return 'nothing thrown';
        } catch (thrown) {
          return (thrown as Error).message;
        }
      };
      return {
        same: back === own,
        equal: [
          back.list,
          back.at instanceof Date,
          back.at.getTime(),
          back.map instanceof Map,
          back.map.get(1),
          back.bytes[1],
        ],
        touched: ['changed' in own, 'changed' in (changed as object)],
        seenAs: api['typeOf']?.({}),
        callback: api['call']?.((a: number, b: { c: number }) => a + b.c, 1, { c: 2 }),
        later: await api['later']?.({ a: 1 }),
        rejects: await words(() => api['rejects']?.()),
        throws: await words(() => api['throws']?.()),
        symbol: await words(() => api['symbol']?.()),
        twice: await words(() => api['twice']?.()),
      };
    }),
  ).toEqual({
    same: false,
    equal: [[1, undefined, null], true, 5, true, 2, 2],
    touched: [false, true],
    seenAs: '[object Object]true',
    callback: 3,
    later: { a: 1 },
    rejects: expect.stringContaining('not today') as unknown,
    throws: expect.stringContaining('too far') as unknown,
    symbol: expect.stringContaining('could not be cloned') as unknown,
    twice: 'Cannot bind an API on top of an existing property on the window object',
  });
  await close();
});

test("the page and the preload cannot see each other's globals", async ({ shell, folder }) => {
  const files = {
    '/index.html': `<!doctype html><script>
      globalThis.ofThePage = 1;
      String.prototype.ofThePage = 1;
      globalThis.early = typeof globalThis.api;
    </script>`,
  };
  const { page, close } = await openProbe({ shell, folder, preload: PRELOAD, files });
  const seen = await page.evaluate(() => {
    const own = globalThis as unknown as Record<string, unknown>;
    return {
      early: own['early'],
      preload: typeof own['ofThePreload'],
      fromPreload: api['pageValue']?.(),
      node: ['require', 'module', 'process', 'Buffer', 'ipcRenderer', 'electron', 'toMain'].filter(
        (name) => name in own,
      ),
    };
  });
  expect(seen).toEqual({ early: 'object', preload: 'undefined', fromPreload: ['undefined', 'undefined'], node: [] });
  await close();
});

test('a sandboxed preload has a few modules of Electron and nothing of Node', async ({ shell, folder }) => {
  const preload = `
    const { contextBridge, ...rest } = require('electron');
    const words = (name) => { try { require(name); return 'there'; } catch (thrown) { return thrown.message; } };
    contextBridge.exposeInMainWorld('found', {
      fs: words('fs'), child: words('node:child_process'), own: words('./other.js'),
      main: ['app', 'BrowserWindow', 'ipcMain', 'shell', 'dialog'].filter((name) => rest[name] !== undefined),
      process: [typeof process.binding === 'function' ? 'node' : 'none', process.type, process.sandboxed, process.contextIsolated],
    });`;
  const { page, close } = await openProbe({ shell, folder, preload });
  expect(await page.evaluate(() => (globalThis as unknown as { found: unknown }).found)).toEqual({
    fs: 'module not found: fs',
    child: 'module not found: node:child_process',
    own: 'module not found: ./other.js',
    main: [],
    process: ['none', 'renderer', true, true],
  });
  await close();
});

test('a subframe has no preload unless the window asks for it', async ({ shell, folder }) => {
  const files = {
    '/index.html': '<!doctype html><iframe src="/inner.html"></iframe>',
    '/inner.html': '<!doctype html><h1>Inner</h1>',
  };
  for (const [subFrames, there] of [
    [false, 'undefined'],
    [true, 'object'],
  ] as const) {
    const { page, close } = await openProbe({ shell, folder, preload: PRELOAD, files, subFrames, unlocked: true });
    const inner = page.frames().find((frame) => frame.url().endsWith('/inner.html'));
    expect(await inner?.evaluate(() => typeof api)).toBe(there);
    await close();
  }
});

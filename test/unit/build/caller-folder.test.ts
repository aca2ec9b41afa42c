import { describe, expect, it } from 'vitest';
import { callerFolder } from '../../../build/setup/caller-folder.mjs';

const root = '/project';

describe("the caller's folder", () => {
  it('is INIT_CWD when npm run moved to the project', () => {
    const env = { INIT_CWD: '/incident', npm_package_json: '/project/package.json' };
    expect(callerFolder({ cwd: root, env, root })).toBe('/incident');
  });

  it('is the current folder when the script was started directly', () => {
    expect(callerFolder({ cwd: '/incident', env: {}, root })).toBe('/incident');
    expect(callerFolder({ cwd: root, env: {}, root })).toBe(root);
  });

  it("is the current folder when INIT_CWD is an outer npm's", () => {
    const env = { INIT_CWD: '/elsewhere', npm_package_json: '/project/package.json' };
    expect(callerFolder({ cwd: '/incident', env, root })).toBe('/incident');
    const other = { INIT_CWD: '/elsewhere', npm_package_json: '/other/package.json' };
    expect(callerFolder({ cwd: root, env: other, root })).toBe(root);
  });
});

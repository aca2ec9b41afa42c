import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { builtBy } from '../../../build/setup/built-by.mjs';
import { inProject } from '../../../build/setup/project.mjs';
import { signing } from '../../../build/setup/signing.mjs';

interface Config {
  readonly fileAssociations?: unknown;
  readonly win: { readonly fileAssociations?: unknown };
  readonly mac: { readonly fileAssociations: readonly { rank: string }[] };
  readonly linux: { readonly fileAssociations: unknown };
  readonly nsis: { readonly include: string };
  readonly deb: { readonly depends: readonly string[] };
}

const config = parse(readFileSync(inProject('build/electron-builder.yml'), 'utf8')) as Config;

describe('Markdown on Windows', () => {
  const script = readFileSync(inProject(config.nsis.include), 'utf8');
  const written = [...script.matchAll(/^\s*(WriteReg\w+) SHELL_CONTEXT "([^"]+)" "([^"]*)"/gm)].map((found) => [
    ...found.slice(1),
  ]);

  it('is not taken over: the packer, which would, is given no association', () => {
    expect(config.fileAssociations).toBeUndefined();
    expect(config.win.fileAssociations).toBeUndefined();
    expect(config.mac.fileAssociations).toMatchObject([{ ext: 'md', rank: 'Alternate' }]);
    expect(config.linux.fileAssociations).toEqual(config.mac.fileAssociations);
  });

  it('has Rollbook under "Open with", and the default of the type is not written', () => {
    const ofTypes = written.filter(([, key]) => key?.includes(String.raw`\Classes\.`));
    expect(ofTypes).toEqual(
      ['.md', '.markdown'].map((type) => [
        'WriteRegNone',
        String.raw`Software\Classes\${type}`.replace('${type}', type) + String.raw`\OpenWithProgids`,
        '${RUNBOOK_CLASS}',
      ]),
    );
    expect(written.find(([, key]) => key?.endsWith(String.raw`shell\open\command`))).toBeDefined();
  });

  it('loses with the uninstaller what the installer wrote', () => {
    const removed = [...script.matchAll(/^\s*DeleteReg\w+ SHELL_CONTEXT "([^"]+)"/gm)].map(([, key]) => key);
    for (const [, key = ''] of written) expect(removed.some((one) => key.startsWith(one ?? ' '))).toBe(true);
  });
});

describe('the deb', () => {
  it.each([
    'libgtk-3-0',
    'libnss3',
    'libgbm1',
    'libasound2',
    'libxkbcommon0',
    'libudev1',
    'libsecret-1-0',
    'xdg-utils',
  ])('asks for %s', (name) => expect(config.deb.depends.some((line) => line.split(' | ')[0] === name)).toBe(true));
});

describe('signing', () => {
  // As release.yml gives them where the repository has no secrets.
  const without = {
    PATH: '/bin',
    CSC_LINK: '',
    CSC_KEY_PASSWORD: '',
    APPLE_ID: '',
    CSC_IDENTITY_AUTO_DISCOVERY: 'false',
  };

  it('takes an empty variable for none, and signs ad hoc on macOS', () => {
    const mac = signing(without, 'darwin');
    expect(mac.env).toEqual({ PATH: '/bin', CSC_IDENTITY_AUTO_DISCOVERY: 'false' });
    expect(mac.args).toEqual(['-c.mac.identity=-', '-c.mac.hardenedRuntime=false', '-c.mac.notarize=false']);
    expect(signing(without, 'win32').args).toEqual([]);
  });

  it('leaves a certificate to the packer', () => {
    const given = { ...without, CSC_LINK: 'https://x.example/cert.p12', CSC_KEY_PASSWORD: 'p' };
    const { env, args } = signing(given, 'darwin');
    expect(args).toEqual([]);
    expect(env).toMatchObject({ CSC_LINK: 'https://x.example/cert.p12', CSC_KEY_PASSWORD: 'p' });
  });
});

describe('the address of the news', () => {
  it('is that of the releases of the repository that built the package', () => {
    expect(builtBy({ GITHUB_REPOSITORY: 'ann/rollbook' })).toEqual([
      '-c.extraMetadata.homepage=https://github.com/ann/rollbook',
      '-c.extraMetadata.rollbook.updateUrl=https://api.github.com/repos/ann/rollbook/releases/latest',
    ]);
    const server = { GITHUB_SERVER_URL: 'https://git.example', GITHUB_API_URL: 'https://git.example/api/v3' };
    expect(builtBy({ GITHUB_REPOSITORY: 'ann/rollbook', ...server })[1]).toContain(
      '=https://git.example/api/v3/repos/',
    );
  });

  it('is none in a package that was built elsewhere', () => {
    expect(builtBy({})).toEqual([]);
    expect(builtBy({ GITHUB_REPOSITORY: 'no name' })).toEqual([]);
  });
});

/** The variables that electron-builder signs and notarizes by; an empty one is to it a certificate that cannot be read. */
const SIGNING = /^(?:(?:WIN_)?CSC_|APPLE_)/;

/**
 * How to sign, by the environment. A workflow gives a missing secret as an empty text: that is none. On macOS an app
 * without a certificate is signed ad hoc, because Apple silicon starts nothing unsigned; without the hardened runtime,
 * which would refuse Electron's own library for having no team.
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {{ readonly env: NodeJS.ProcessEnv, readonly args: readonly string[] }} for electron-builder
 */
export function signing(env, platform) {
  const kept = Object.fromEntries(Object.entries(env).filter(([name, value]) => !SIGNING.test(name) || value !== ''));
  const certified = kept.CSC_LINK !== undefined || kept.CSC_NAME !== undefined;
  const args =
    platform === 'darwin' && !certified
      ? ['-c.mac.identity=-', '-c.mac.hardenedRuntime=false', '-c.mac.notarize=false']
      : [];
  return { env: kept, args };
}

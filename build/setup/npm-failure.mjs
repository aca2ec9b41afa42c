import { EnvironmentFailure } from './failure.mjs';

/**
 * Explanations of npm's error output; the first match wins. The codes are npm's ("npm error code X") and those of Node's
 * network and file system calls.
 * @type {readonly { readonly pattern: RegExp, readonly what: string, readonly advice: string }[]}
 */
const MEANINGS = [
  {
    pattern: /\bENOSPC\b|no space left/i,
    what: 'the disk is full',
    advice: 'Free some space (about 1 GB for a first start), then start again.',
  },
  {
    pattern: /SELF_SIGNED_CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|CERT_/,
    what: 'the certificate of the package registry is not trusted here',
    advice: "Set NODE_EXTRA_CA_CERTS to your company's root certificate file, then start again.",
  },
  {
    pattern: /\bE401\b|\bE403\b|\bENEEDAUTH\b/,
    what: 'the package registry refused the request',
    advice: 'Log in to your registry (`npm login`) or correct your .npmrc, then start again.',
  },
  {
    pattern: /\bE404\b|\bETARGET\b|\bENOVERSIONS\b/,
    what: 'the package registry does not have a package that is needed',
    advice: 'Check `npm config get registry`: a company mirror may lack it. Then start again.',
  },
  {
    pattern: /\bEINTEGRITY\b|\bZ_(DATA|BUF)_ERROR\b|TAR_BAD_ARCHIVE/,
    what: 'a package arrived damaged',
    advice: 'Run `npm cache verify`, then start again.',
  },
  {
    pattern: /\bEUSAGE\b|can only install packages when your package\.json and package-lock\.json/,
    what: 'package.json and package-lock.json do not belong together',
    advice: 'Restore both from git, or run `npm install` after editing package.json.',
  },
  {
    pattern:
      /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED)\b|network/i,
    what: 'the package registry could not be reached',
    advice: 'Check the network (and HTTPS_PROXY, if you need one), then start again.',
  },
  {
    pattern: /\b(EACCES|EPERM|EROFS)\b/,
    what: 'a folder could not be written',
    advice: 'Give your user write access to the project and to its cache folder, then start again.',
  },
];

/**
 * Explains a failed run of npm.
 * @param {string} doing the start of the sentence, as in "Installing the packages"
 * @param {string} output npm's error output
 * @param {string} ending how the process ended, for errors without an explanation
 */
export function npmFailure(doing, output, ending) {
  const meaning = MEANINGS.find(({ pattern }) => pattern.test(output));
  if (meaning !== undefined) return new EnvironmentFailure(`${doing} failed: ${meaning.what}.`, meaning.advice);
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const told = lines.length === 0 ? '' : `\n${lines.slice(-10).join('\n')}`;
  return new EnvironmentFailure(
    `${doing} failed (npm ${ending}).${told}`,
    'Run `npm ci` in the project folder to see it all, correct what it names, then start again.',
  );
}

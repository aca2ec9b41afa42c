/** Reads the flags and addresses of a curl command; short flags may be combined (`-fsS`). */
import type { RuleInput } from './rule.ts';
import type { Call } from './script.ts';

/** Short flags with a value, which is the rest of the word or the next word (curl 7.88 and 8). */
const VALUE_LETTERS = 'AbcCdDeEFhHKmoPQrtTuUwxXyYz';
const LONG_VALUES = new Set([
  ...[
    '--data',
    '--data-raw',
    '--data-binary',
    '--data-urlencode',
    '--json',
    '--form',
    '--header',
    '--request',
    '--output',
    '--user',
  ],
  ...[
    '--write-out',
    '--max-time',
    '--connect-timeout',
    '--retry',
    '--retry-delay',
    '--retry-max-time',
    '--config',
    '--cacert',
    '--cert',
  ],
  ...[
    '--key',
    '--proxy',
    '--resolve',
    '--referer',
    '--user-agent',
    '--cookie',
    '--cookie-jar',
    '--range',
    '--url',
    '--upload-file',
  ],
]);

interface CurlReading {
  /** Flags as written, without their values: `-f`, `--fail`. */
  readonly flags: ReadonlySet<string>;
  readonly urls: readonly string[];
  readonly writeOut: string;
}

export function readCurl(call: Call): CurlReading {
  const flags = new Set<string>();
  const urls: string[] = [];
  let writeOut = '';
  const words = call.args.map(({ value }) => value);
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (!word.startsWith('-')) {
      urls.push(word);
      continue;
    }
    const { names, takesNext, attached } = word.startsWith('--') ? readLong(word) : readLetters(word);
    for (const name of names) flags.add(name);
    const value = attached ?? (takesNext ? words[++index] : undefined) ?? '';
    const last = names.at(-1);
    if (last === '-w' || last === '--write-out') writeOut = value;
    if (last === '--url') urls.push(value);
  }
  return { flags, urls, writeOut };
}

interface Flags {
  readonly names: readonly string[];
  readonly takesNext: boolean;
  readonly attached: string | undefined;
}

function readLong(word: string): Flags {
  const [name = word, ...rest] = word.split('=');
  return rest.length > 0
    ? { names: [name], takesNext: false, attached: rest.join('=') }
    : { names: [word], takesNext: LONG_VALUES.has(word), attached: undefined };
}

function readLetters(word: string): Flags {
  const names: string[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const letter = word.charAt(at);
    names.push(`-${letter}`);
    if (VALUE_LETTERS.includes(letter)) {
      const rest = word.slice(at + 1);
      return { names, takesNext: rest === '', attached: rest === '' ? undefined : rest };
    }
  }
  return { names, takesNext: false, attached: undefined };
}

const any = ({ flags }: CurlReading, names: readonly string[]): boolean => names.some((name) => flags.has(name));

const failsOnErrors = (reading: CurlReading): boolean => any(reading, ['-f', '--fail', '--fail-with-body']);
export const hasTimeLimit = (reading: CurlReading, call: Call): boolean =>
  any(reading, ['-m', '--max-time']) || call.wrappers.includes('timeout');

/** True when flags may come from a file, or when nothing is fetched. */
export const cannotTell = (reading: CurlReading): boolean =>
  reading.urls.length === 0 || any(reading, ['-K', '--config', '-V', '--version', '-h', '--help']);

const HEALTH = /(?:health|healthz|ready|readyz|live|livez|status|ping|up)\/?(?:[?#][^]*)?$/i;

/**
 * True when an HTTP error would look like success. A page that a person judges, by a check of the same step, may have an
 * error status; a health address may not.
 */
export function hidesErrors(call: Call, step: RuleInput['step']): boolean {
  const reading = readCurl(call);
  if (cannotTell(reading) || failsOnErrors(reading) || /http_code|response_code/.test(reading.writeOut)) return false;
  return (step?.checks.length ?? 0) === 0 || reading.urls.some((url) => HEALTH.test(url));
}

/** `-fsS` without the flags that the call already has. */
export function failingFlags(call: Call): string {
  const reading = readCurl(call);
  const silent = any(reading, ['-s', '--silent']) ? '' : 's';
  return `-f${silent}${any(reading, ['-S', '--show-error']) ? '' : 'S'}`;
}

/** The command with the missing flags: to fail on HTTP errors, and a time limit. */
export function improved(call: Call, step: RuleInput['step']): string {
  const added = [
    ...(hidesErrors(call, step) ? [failingFlags(call)] : []),
    ...(hasTimeLimit(readCurl(call), call) ? [] : ['--max-time 10']),
  ];
  return call.text.replace(/\bcurl\b/, () => ['curl', ...added].join(' '));
}

export interface CurlOptions {
  readonly kind: 'options';
  readonly url: string;
  readonly fail: boolean;
  readonly silent: boolean;
  readonly showError: boolean;
  /** Infinity without --max-time. */
  readonly maxMs: number;
  readonly retries: number;
  readonly retryAllErrors: boolean;
  /** Where the body goes; null: standard output. */
  readonly output: string | null;
  readonly writeOut: string;
}

/** Long names of the short options; those with a value first. */
const WITH_VALUE: Readonly<Record<string, string>> = { m: 'max-time', o: 'output', w: 'write-out', H: 'header' };
const WITHOUT_VALUE: Readonly<Record<string, string>> = {
  f: 'fail',
  s: 'silent',
  S: 'show-error',
  L: 'location',
  k: 'insecure',
};
const LONG_WITH_VALUE: ReadonlySet<string> = new Set([
  ...Object.values(WITH_VALUE),
  'retry',
  'retry-delay',
  'retry-max-time',
  'connect-timeout',
]);
const LONG_WITHOUT_VALUE: ReadonlySet<string> = new Set([...Object.values(WITHOUT_VALUE), 'retry-all-errors']);

class BadOption extends Error {}

export function readCurlOptions(
  args: readonly string[],
): CurlOptions | { readonly kind: 'error'; readonly message: string } {
  const given = new Map<string, string>();
  const urls: string[] = [];
  try {
    const waiting = [...args];
    for (let arg = waiting.shift(); arg !== undefined; arg = waiting.shift()) {
      if (arg.startsWith('--')) readLong(arg.slice(2), waiting, given);
      else if (arg.startsWith('-') && arg.length > 1) readShort(arg, waiting, given);
      else urls.push(arg);
    }
  } catch (thrown) {
    if (thrown instanceof BadOption) return { kind: 'error', message: thrown.message };
    throw thrown;
  }
  const [url] = urls;
  if (url === undefined) return { kind: 'error', message: 'no URL specified!' };
  return {
    kind: 'options',
    url,
    fail: given.has('fail'),
    silent: given.has('silent'),
    showError: given.has('show-error'),
    maxMs: given.has('max-time') ? Number(given.get('max-time')) * 1000 : Number.POSITIVE_INFINITY,
    retries: Number(given.get('retry') ?? 0),
    retryAllErrors: given.has('retry-all-errors'),
    output: given.get('output') ?? null,
    writeOut: given.get('write-out') ?? '',
  };
}

function readLong(name: string, waiting: string[], given: Map<string, string>): void {
  if (LONG_WITH_VALUE.has(name)) given.set(name, next(waiting, `--${name}`));
  else if (LONG_WITHOUT_VALUE.has(name)) given.set(name, '');
  else throw new BadOption(`option --${name}: is unknown`);
}

function readShort(arg: string, waiting: string[], given: Map<string, string>): void {
  for (let at = 1; at < arg.length; at += 1) {
    const letter = arg.charAt(at);
    const plain = WITHOUT_VALUE[letter];
    if (plain !== undefined) {
      given.set(plain, '');
      continue;
    }
    const name = WITH_VALUE[letter];
    if (name === undefined) throw new BadOption(`option ${arg}: is unknown`);
    const rest = arg.slice(at + 1);
    given.set(name, rest === '' ? next(waiting, `-${letter}`) : rest);
    return;
  }
}

function next(waiting: string[], option: string): string {
  const value = waiting.shift();
  if (value === undefined) throw new BadOption(`option ${option}: requires parameter`);
  return value;
}

/** The result of every call: a value, or an error that says what, where and what to do. */

export const ERROR_CODES = [
  'bad-arguments',
  'unknown-call',
  'not-found',
  'conflict',
  'not-allowed',
  'read-only',
  'unreadable-file',
  'too-large',
  'not-text',
  'bad-front-matter',
  'untrusted',
  'unknown-scenario',
  'unknown-variable',
  'tool-missing',
  'unexpected-output',
  'login-expired',
  'no-release',
  'releases-changed',
  'lease-held',
  'store-corrupt',
  'store-newer',
  'store-unwritable',
  'disk-full',
  'environment',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface Failure {
  readonly code: ErrorCode;
  /** One sentence: what happened and where. */
  readonly message: string;
  /** What the person can do about it. */
  readonly advice?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (error: Failure): Result<never> => ({ ok: false, error });

/** The only error the core throws on purpose; hosts send it as a `Failure`. */
export class RollbookError extends Error {
  override readonly name = 'RollbookError';
  readonly code: ErrorCode;
  readonly advice: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, message: string, advice?: string, details?: Readonly<Record<string, unknown>>) {
    super(message);
    this.code = code;
    this.advice = advice;
    this.details = details;
  }

  toFailure(): Failure {
    return {
      code: this.code,
      message: this.message,
      ...(this.advice === undefined ? {} : { advice: this.advice }),
      ...(this.details === undefined ? {} : { details: this.details }),
    };
  }
}

/** Any thrown value as a Failure; anything but a RollbookError is `internal`. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof RollbookError) return thrown.toFailure();
  return { code: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) };
}

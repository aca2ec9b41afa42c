/** Exit codes of the `rollbook` command, and which errors lead to which. */
import type { ErrorCode } from '#shared/api/result.ts';

/** 0 as declared, 1 failed or findings, 2 unreadable input or usage, 3 environment, 4 store. */
export const EXIT = { ok: 0, failed: 1, usage: 2, environment: 3, store: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const BY_ERROR: Partial<Record<ErrorCode, ExitCode>> = {
  'bad-arguments': EXIT.usage,
  'unknown-call': EXIT.usage,
  'not-found': EXIT.usage,
  'unreadable-file': EXIT.usage,
  'too-large': EXIT.usage,
  'not-text': EXIT.usage,
  'bad-front-matter': EXIT.usage,
  'unknown-scenario': EXIT.usage,
  'no-release': EXIT.usage,
  'unknown-variable': EXIT.usage,
  untrusted: EXIT.usage,
  'tool-missing': EXIT.environment,
  'login-expired': EXIT.environment,
  environment: EXIT.environment,
  'unexpected-output': EXIT.environment,
  'store-corrupt': EXIT.store,
  'store-newer': EXIT.store,
  'store-unwritable': EXIT.store,
  'disk-full': EXIT.store,
  'read-only': EXIT.store,
  'lease-held': EXIT.store,
};

export const exitCodeOf = (code: ErrorCode): ExitCode => BY_ERROR[code] ?? EXIT.failed;

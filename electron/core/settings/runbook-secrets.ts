/** The secrets of one runbook while its incident is open, read again before each act, so that a fixed source counts at once. */
import { RollbookError, toFailure } from '#shared/api/result.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import type { RunbookSettings } from '#shared/settings/settings.ts';
import type { Environment } from '#core/runner/environment.ts';
import { readSecret, type SourceNeeds } from './secret-source.ts';

export interface RunbookSecrets {
  /** Never rejects: what could not be had is a problem of its name. */
  refresh(): Promise<void>;
  /** As `refresh`, but only once: recovery after a start has no act before it. */
  ensure(): Promise<void>;
  /**
   * The environment that commands get. A secret whose source failed is left out, even if the environment has a variable
   * of that name: a command must not act on another target than the one that was set.
   */
  environment(): Environment;
  /** Code: `environment`, when one of these names has a source that failed at the last refresh. */
  mustHave(names: readonly string[]): void;
}

export interface SecretParts extends SourceNeeds {
  /** Name of the runbook, under which keychains know its secrets. */
  readonly name: string;
  readonly model: Runbook;
  readonly settings: () => RunbookSettings;
  /** Gets every value, so that it is redacted wherever it appears. */
  readonly learn: (values: readonly string[]) => void;
}

/** The secrets of one runbook, read when first needed. Using one whose source failed throws `environment`, saying which and why. */
export function runbookSecrets(parts: SecretParts): RunbookSecrets {
  let values: Environment = {};
  let problems: ReadonlyMap<string, RollbookError> = new Map();
  let first: Promise<void> | null = null;
  const refresh = async (): Promise<void> => {
    const sources = Object.entries(parts.settings().secrets).filter(([name]) => !name.startsWith('slack:'));
    const found: Record<string, string> = {};
    const failed = new Map<string, RollbookError>();
    await Promise.all(
      sources.map(async ([name, source]) => {
        try {
          found[name] = await readSecret(parts.name, name, source, parts);
        } catch (thrown) {
          const { message, advice } = toFailure(thrown);
          failed.set(name, new RollbookError('environment', message, advice));
        }
      }),
    );
    parts.learn(Object.keys(found).flatMap((name) => (isOpen(parts.model, name) ? [] : [found[name] ?? ''])));
    values = found;
    problems = failed;
  };
  return {
    refresh: () => (first = refresh()),
    ensure: () => (first ??= refresh()),
    environment() {
      const kept = Object.entries(parts.environment).filter(([name]) => !problems.has(name));
      return { ...Object.fromEntries(kept), ...values };
    },
    mustHave(names) {
      for (const name of names) {
        const problem = problems.get(name);
        if (problem !== undefined) throw problem;
      }
    },
  };
}

/** The runbook declares that this variable is not secret. */
function isOpen({ settings }: Runbook, name: string): boolean {
  const variable = settings.variables[name];
  return variable?.from === 'environment' && !variable.secret;
}

/** The secrets of one runbook while its incident is open, read again before each act, so that a fixed source counts at once. */
import { RollbookError, toFailure } from '#shared/api/result.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import type { RunbookSettings } from '#shared/settings/settings.ts';
import type { Environment } from '#core/runner/environment.ts';
import { readSecret, type SourceNeeds } from './secret-source.ts';

export interface SecretParts extends SourceNeeds {
  /** Name of the runbook, under which keychains know its secrets. */
  readonly name: string;
  readonly model: Runbook;
  readonly settings: () => RunbookSettings;
  /** Gets every value, so that it is redacted wherever it appears. */
  readonly learn: (values: readonly string[]) => void;
}

/** The secrets of one runbook, read when first needed. Using one whose source failed throws `environment`, saying which and why. */
export class RunbookSecrets {
  #parts: SecretParts;
  #values: Environment = {};
  #problems: ReadonlyMap<string, RollbookError> = new Map();
  #first: Promise<void> | null = null;

  constructor(parts: SecretParts) {
    this.#parts = parts;
  }

  /** Never rejects: what could not be had is a problem of its name. */
  refresh(): Promise<void> {
    return (this.#first = this.#read());
  }

  /** As `refresh`, but only once: recovery after a start has no act before it. */
  ensure(): Promise<void> {
    return (this.#first ??= this.#read());
  }

  /**
   * The environment that commands get. A secret whose source failed is left out, even if the environment has a variable
   * of that name: a command must not act on another target than the one that was set.
   */
  environment(): Environment {
    const kept = Object.entries(this.#parts.environment).filter(([name]) => !this.#problems.has(name));
    return { ...Object.fromEntries(kept), ...this.#values };
  }

  /** Code: `environment`, when one of these names has a source that failed at the last refresh. */
  mustHave(names: readonly string[]): void {
    for (const name of names) {
      const problem = this.#problems.get(name);
      if (problem !== undefined) throw problem;
    }
  }

  async #read(): Promise<void> {
    const { settings, name: runbook, model, learn } = this.#parts;
    const sources = Object.entries(settings().secrets).filter(([name]) => !name.startsWith('slack:'));
    const found: Record<string, string> = {};
    const failed = new Map<string, RollbookError>();
    await Promise.all(
      sources.map(async ([name, source]) => {
        try {
          found[name] = await readSecret(runbook, name, source, this.#parts);
        } catch (thrown) {
          const { message, advice } = toFailure(thrown);
          failed.set(name, new RollbookError('environment', message, advice));
        }
      }),
    );
    learn(Object.keys(found).flatMap((name) => (isOpen(model, name) ? [] : [found[name] ?? ''])));
    this.#values = found;
    this.#problems = failed;
  }
}

/** The runbook declares that this variable is not secret. */
function isOpen({ settings }: Runbook, name: string): boolean {
  const variable = settings.variables[name];
  return variable?.from === 'environment' && !variable.secret;
}

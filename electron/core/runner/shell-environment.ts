/**
 * The variables that commands get, for as long as the core is open. The login shell of a desktop app may answer late, or
 * be asked again: the same two objects then have its answer, so whoever holds them sees it.
 */
import type { ShellView } from '#shared/settings/settings.ts';
import type { Clock } from '../ports.ts';
import { childEnvironment, type Environment } from './environment.ts';
import { type LoginEnvironment, loginEnvironment, loginShell } from './login-shell.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export interface ShellEnvironment {
  /** All variables, those of Rollbook too. */
  readonly source: Variables;
  /** What commands get of them. */
  readonly environment: Environment;
  /** null: no shell is asked, everything is inherited. */
  readonly view: () => ShellView | null;
  /** Asks again, and resolves with its answer or failure. */
  readonly refresh: () => Promise<void>;
}

/** The variables of this process, as a command line has them from its terminal. */
export function inheritedEnvironment(inherited: Variables): ShellEnvironment {
  const environment = childEnvironment(inherited);
  return { source: inherited, environment, view: () => null, refresh: () => Promise.resolve() };
}

export interface AskedShell {
  readonly clock: Clock;
  readonly inherited: Variables;
  /** Called with all variables of each answer, before any command gets them. */
  readonly learn: (source: Variables) => void;
  readonly ask?: (options: { readonly clock: Clock; readonly inherited: Variables }) => Promise<LoginEnvironment>;
}

/** How long a start waits for the shell, ms. A slower one answers while the window is open already. */
const PATIENCE_MS = 3_000;

/** Resolves with the answer of the shell, or after three seconds with what was inherited, until the shell answers. */
export async function askedEnvironment({
  clock,
  inherited,
  learn,
  ask = loginEnvironment,
}: AskedShell): Promise<ShellEnvironment> {
  const source: Record<string, string | undefined> = { ...inherited };
  const environment: Record<string, string> = { ...childEnvironment(inherited) };
  const shell = loginShell(inherited);
  let view: ShellView = { shell, state: 'asking', problem: null };
  let asking: Promise<void> | null = null;
  const askOnce = async (): Promise<void> => {
    view = { shell, state: 'asking', problem: view.problem };
    const { variables, from, problem } = await ask({ clock, inherited });
    // A failure takes nothing away that an earlier answer gave.
    if (from === 'login-shell') {
      learn(variables);
      replace(source, variables);
      replace(environment, childEnvironment(variables));
    }
    view = { shell, state: from === 'inherited' && problem !== null ? 'failed' : 'read', problem };
  };
  const refresh = (): Promise<void> => (asking ??= askOnce().finally(() => (asking = null)));
  const over = new AbortController();
  await Promise.race([refresh().finally(() => over.abort()), clock.sleep(PATIENCE_MS, over.signal)]);
  return { source, environment, view: () => view, refresh };
}

function replace(kept: Record<string, string | undefined>, now: Variables): void {
  for (const name of Object.keys(kept)) if (!Object.hasOwn(now, name)) delete kept[name];
  Object.assign(kept, now);
}

/**
 * Keeps the machine from sleeping under the loopback host and the command line (product rule 15): a child holds the
 * system's lock for as long as its input is open. The kernel closes that input when Rollbook ends, however it ends.
 */
import { heldOpen } from '#core/runner/child-without-output.ts';
import type { Environment } from '#core/runner/environment.ts';
import { pathOfTool } from '#core/runner/tool-locator.ts';

/** systemd-inhibit(1) and caffeinate(8): both hold their lock until the program they are given ends. */
export const AWAKE_TOOLS: Readonly<Partial<Record<NodeJS.Platform, { tool: string; args: readonly string[] }>>> = {
  linux: {
    tool: 'systemd-inhibit',
    args: ['--what=idle:sleep', '--who=Rollbook', '--why=A command or a watch of an incident runs', '--mode=block'],
  },
  darwin: { tool: 'caffeinate', args: ['-is'] },
};

/** Begins to hold, and answers how to let go; null when this platform has nothing to hold with. Never throws. */
export function holdAwake(environment: Environment, platform: NodeJS.Platform = process.platform): (() => void) | null {
  const means = AWAKE_TOOLS[platform];
  const path = means === undefined ? null : pathOfTool(means.tool, environment);
  if (means === undefined || path === null) return null;
  // Without the system's bus it ends at once; readiness says so, and an incident is no place for it.
  return heldOpen([path, ...means.args, 'cat'], environment);
}

/** Call it often: holds while `needed` says so. `hold` is not tried again before it was let go. */
export function staysAwake(needed: () => boolean, hold: () => (() => void) | null): { look(): void; end(): void } {
  let held: { readonly letGo: (() => void) | null } | null = null;
  const end = (): void => {
    held?.letGo?.();
    held = null;
  };
  return {
    look() {
      if (!needed()) end();
      else held ??= { letGo: hold() };
    },
    end,
  };
}

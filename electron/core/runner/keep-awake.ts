/**
 * Keeps the machine awake for the loopback host and the command line (product rule 15): a child holds the system's lock
 * while its input is open. The kernel closes that input when Rollbook ends, however it ends.
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

/** Takes the lock and returns a function that releases it; null when this platform has no program for it. Never throws. */
export function holdAwake(environment: Environment, platform: NodeJS.Platform = process.platform): (() => void) | null {
  const means = AWAKE_TOOLS[platform];
  const path = means === undefined ? null : pathOfTool(means.tool, environment);
  if (means === undefined || path === null) return null;
  // Without the system's bus it ends at once. Readiness reports that; during an incident it is ignored.
  return heldOpen([path, ...means.args, 'cat'], environment);
}

/** Call `look` often: it holds the lock while `needed` is true. A failed `hold` is tried again only after `needed` was false. */
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

/** The release that a build made, as fly prints it on one line when FLY_EMIT_RELEASE_JSON is set (flyctl v0.4.56, machines_deploymachinesapp.go:140). */

export interface BuiltRelease {
  readonly version: number;
  readonly image: string;
}

/** That line, anywhere in an output; null without one. */
export const releaseLine = (output: string): string | null => /^\{"id":.*"image_ref":.*\}$/m.exec(output)?.[0] ?? null;

/** What the line says; null when it says something else. */
export function builtRelease(output: string): BuiltRelease | null {
  const line = releaseLine(output);
  if (line === null) return null;
  const release = JSON.parse(line) as { readonly version?: unknown; readonly image_ref?: unknown };
  return typeof release.version === 'number' && typeof release.image_ref === 'string'
    ? { version: release.version, image: release.image_ref }
    : null;
}

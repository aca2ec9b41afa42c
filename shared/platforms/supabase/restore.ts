/** `supabase backups restore` and `projects list`, for versions 2 and 3 of the CLI (facts of 2.104, 2.122 and 3.1.0). */

const major = (version: string): number => Number(/^v?(\d+)\./.exec(version)?.[1] ?? Number.NaN);

/** `to`: ms since the epoch; the CLI takes seconds. Version 3 asks for `--yes`, version 2 has no prompt. Null: unknown version. */
export function restoreArguments(version: string, project: string, to: number): readonly string[] | null {
  const seconds = String(Math.floor(to / 1_000));
  if (major(version) === 2) return ['backups', 'restore', '--project-ref', project, '-t', seconds];
  return major(version) === 3 ? ['backups', 'restore', `--remote=${project}`, '-t', seconds, '--yes'] : null;
}

export const projectsArguments = (version: string): readonly string[] | null =>
  major(version) === 2 || major(version) === 3 ? ['projects', 'list', '-o', 'json'] : null;

/** ACTIVE_HEALTHY, RESTORING, ...; null when the list has no such project. */
export function projectStatus(stdout: string, project: string): string | null {
  let list: unknown;
  try {
    list = JSON.parse(stdout);
  } catch {
    return null;
  }
  if (!Array.isArray(list)) return null;
  const found = (list as readonly unknown[]).find(
    (each): each is { readonly status: string } =>
      each !== null &&
      typeof each === 'object' &&
      [(each as { ref?: unknown }).ref, (each as { id?: unknown }).id].includes(project),
  );
  return typeof found?.status === 'string' ? found.status : null;
}

/** Groups of consecutive good answers: the line of a chart breaks where an answer was bad. */
export function stretches<T extends { readonly ok: boolean }>(points: readonly T[]): readonly (readonly T[])[] {
  const found: T[][] = [];
  let open: T[] | null = null;
  for (const point of points) {
    if (!point.ok) open = null;
    else if (open === null) found.push((open = [point]));
    else open.push(point);
  }
  return found;
}

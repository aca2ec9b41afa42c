/** The line of the source that a part of a command of several lines stands on; its first line when it is not in it. */
export function lineWithin(line: number, text: string, part: string | RegExp): number {
  const at = typeof part === 'string' ? text.indexOf(part) : text.search(part);
  return line + (at < 0 ? 0 : text.slice(0, at).split('\n').length - 1);
}

/** An answer without what differs from one Rollbook to the next: ids, times, sizes, hashes, and where its folder lies. */

/** Every number of an answer and of its texts stands for any. */
const NUMBER = '#';

const VARYING: readonly (readonly [what: RegExp, name: string])[] = [
  [/[0-9A-HJKMNP-TV-Z]{26}/g, '<id>'],
  [/\b[0-9a-f]{64}\b/g, '<hash>'],
  // A handover is named by the end of its id.
  [/-[0-9A-Z]{6}\.rollbook/g, '-<id>.rollbook'],
  [/\d+/g, NUMBER],
];

/** `folder`: the test's own, absolute. */
export function sameOnBoth(answer: unknown, folder: string): unknown {
  if (typeof answer === 'number') return NUMBER;
  if (typeof answer === 'string')
    return VARYING.reduce((text, [what, name]) => text.replace(what, name), answer.replaceAll(folder, '<folder>'));
  if (Array.isArray(answer)) return answer.map((item) => sameOnBoth(item, folder));
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [
      sameOnBoth(name, folder),
      // Of a process that has ended before anybody looked it is not known.
      name === 'startTime' ? '<time>' : sameOnBoth(value, folder),
    ]),
  );
}

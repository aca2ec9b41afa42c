/**
 * Leaves out of an output what differs from one run of flyctl to the next: times, ids, digests of secrets, the order of lines
 * that are printed at the same time, and help, whose text the recordings leave out. Nothing else.
 */
const RULES: readonly (readonly [RegExp, string | ((whole: string) => string)])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=\.\d{3}Z|Z)/g, 'TIME'],
  [/TIME\.\d{3}Z/g, 'TIME.mmmZ'],
  [/(?<="timestamp": )\d{13}\b/g, 'MS'],
  [/(?<=Request ID: )[0-9A-Z]{26,27}-\w{3}/g, 'REQUEST'],
  [/(?<=Trace ID: )[0-9a-f]{32}/g, 'TRACE'],
  [/(?<=")(?:rel8v\d+k7x2m|drill\d{12})(?=")/g, 'RELEASE'],
  [/(?<=")org_\w+(?=")/g, 'ORGANIZATION'],
  [/\b[0-9a-f]{16}\b/g, 'SECRET'],
  [/^(?:.* Clear(?:ing|ed) lease for .*\n|.* reached \w+ state\n){2,}/gm, sorted('\n')],
  [/^(?:.* to release machine \S+ \[\w+\] lease\n\n){2,}/gm, sorted('\n\n')],
  [/^(?:\(help text left out: \d+ characters\)|Usage:\n[^]*--help[^]*)\n/m, 'HELP\n'],
];

function sorted(end: string): (whole: string) => string {
  return (whole) =>
    whole
      .split(end)
      .slice(0, -1)
      .sort()
      .map((each) => each + end)
      .join('');
}

export const normalize = (output: string): string =>
  RULES.reduce(
    (text, [pattern, by]) => (typeof by === 'string' ? text.replace(pattern, by) : text.replace(pattern, by)),
    output,
  );

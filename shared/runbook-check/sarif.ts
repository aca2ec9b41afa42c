/** Writes findings as SARIF 2.1.0 (OASIS), which code hosts show beside the lines of a pull request. */
import type { CheckResult, Finding, FindingSeverity } from './finding.ts';
import { Lines } from '../runbook/place.ts';

interface SarifInput {
  readonly result: CheckResult;
  /** Path of the file, relative to the repository, with forward slashes. */
  readonly uri: string;
  /** The repaired text that positions are in. */
  readonly source: string;
  readonly version: string;
  /** All rules, also those without findings. */
  readonly rules: readonly {
    readonly name: string;
    readonly about: string;
    readonly severity: FindingSeverity;
    readonly bad: readonly string[];
    readonly good: readonly string[];
  }[];
}

export function toSarif({ result, uri, source, version, rules }: SarifInput): Record<string, unknown> {
  const lines = new Lines(source);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'rollbook check',
            semanticVersion: version,
            rules: rules.map(({ name, about, severity, bad, good }) => ({
              id: name,
              shortDescription: { text: about },
              help: { text: [about, 'Bad:', ...bad, 'Good:', ...good].join('\n\n') },
              defaultConfiguration: { level: severity },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: result.findings.map((finding) => resultOf(finding, uri, lines, rules)),
      },
    ],
  };
}

function resultOf(finding: Finding, uri: string, lines: Lines, rules: SarifInput['rules']): Record<string, unknown> {
  const { rule, severity, line, column, message, fix, edits, source, checked } = finding;
  const artifactLocation = { uri };
  const text = [
    message,
    ...(fix === undefined ? [] : [`Fix: ${fix}`]),
    ...(source === undefined ? [] : [`Source: ${source}`]),
  ];
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ name }) => name === rule),
    level: severity,
    message: { text: text.join('\n') },
    locations: [{ physicalLocation: { artifactLocation, region: { startLine: line, startColumn: column } } }],
    ...(checked === undefined ? {} : { properties: { checked } }),
    ...(edits === undefined
      ? {}
      : {
          fixes: [
            {
              description: { text: fix ?? message },
              artifactChanges: [
                {
                  artifactLocation,
                  replacements: edits.map(({ start, end, text }) => ({
                    deletedRegion: region(start, end, lines),
                    insertedContent: { text },
                  })),
                },
              ],
            },
          ],
        }),
  };
}

function region(start: number, end: number, lines: Lines): Record<string, number> {
  const at = (offset: number): readonly [number, number] => {
    const line = lines.lineOf(offset);
    return [line, offset - lines.startOf(line) + 1];
  };
  const [startLine, startColumn] = at(start);
  const [endLine, endColumn] = at(end);
  return { startLine, startColumn, endLine, endColumn };
}

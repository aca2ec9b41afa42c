/** The symptom probe in numbers: what an error rate and a latency before and after the rollback can be read from. */
import type { RootContent } from 'mdast';
import { type ProbeNumbers, symptomNumbers } from '#shared/incident/probe-numbers.ts';
import { probedAddress } from '#shared/incident/symptom-probe.ts';
import { type Inline, keyLine, table } from './nodes.ts';
import type { ReportSource } from './source.ts';

/** Nothing at all for an incident without a probe: its report stays as it was. */
export function symptomTable({ state }: ReportSource): readonly RootContent[] {
  const url = probedAddress(state);
  if (url === null) return [];
  const { before, after } = symptomNumbers(state);
  const rows = [
    ...row(state.effectiveAt === null ? 'Until now: the rollback is not effective' : 'Until effective', before),
    ...row('Since then', after),
  ];
  return [
    keyLine('Symptom probe', url),
    table(['Symptom probe', 'Probes', 'Bad', 'Error rate', 'Median', 'Slowest'], rows, 'It gave no answer yet.'),
  ];
}

const row = (when: string, numbers: ProbeNumbers | null): readonly (readonly Inline[])[] =>
  numbers === null
    ? []
    : [
        [
          when,
          String(numbers.probes),
          String(numbers.bad),
          percent(numbers.errorRate),
          `${numbers.medianMs} ms`,
          `${numbers.slowestMs} ms`,
        ],
      ];

/** One decimal, and none where it says nothing: `100 %`, `33.3 %`. */
const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;

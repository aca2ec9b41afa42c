import { readCurl } from '../curl.ts';
import { eachCallAfter, type Rule } from '../rule.ts';
import type { Call } from '../script.ts';

const PRINTERS = new Set(['echo', 'printf', 'date']);

export const sleepThenCheck: Rule = {
  name: 'sleep-then-check',
  severity: 'warning',
  about: 'One check after a fixed wait proves nothing: machines are replaced one after the other.',
  bad: ['sleep 5\ncurl -fsS -m 9 https://shop.example/health', 'sleep 30; fly status -a shop'],
  good: [
    'curl -fsS -m 9 --retry 5 --retry-all-errors https://shop.example/health',
    'until curl -fsS -m 9 https://shop.example/health; do sleep 5; done',
    'sleep 5; echo done',
  ],
  check: eachCallAfter((call, _input, before) => {
    if (!isCheck(call) || call.inLoop) return null;
    const last = before().findLast(({ tool }) => !PRINTERS.has(tool));
    if (last?.tool !== 'sleep' || last.inLoop) return null;
    const fix =
      call.tool === 'curl'
        ? 'curl -fsS --max-time 10 --retry 5 --retry-all-errors ADDRESS'
        : 'Repeat the check until it succeeds, with a time limit.';
    return {
      at: call,
      message: `One check after "${last.text}" proves nothing: machines are replaced one after the other.`,
      fix,
      source: 'flyctl v0.4.87 internal/command/deploy: the first machine alone, the rest in pools, each waited for',
    };
  }),
};

function isCheck(call: Call): boolean {
  if (call.tool === 'curl') return !readCurl(call).flags.has('--retry');
  return call.tool === 'wget' || (call.tool === 'fly' && ['status', 'checks'].includes(call.args[0]?.value ?? ''));
}

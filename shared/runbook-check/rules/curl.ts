import { cannotTell, failingFlags, hasTimeLimit, hidesErrors, improved, readCurl } from '../curl.ts';
import { effectOfWords } from '../../effects/effect.ts';
import type { FindingSeverity } from '../finding.ts';
import { mayHoldFlags } from '../options.ts';
import { afterTool, eachCall, type Rule, type RuleInput } from '../rule.ts';
import type { Call } from '../script.ts';

/**
 * An answer that decides (a proof, a watch, a condition) must not look better than it is; a change that the server refused is
 * taken for made; what a person only reads tells by itself.
 */
function gravity(call: Call, { decides = false }: RuleInput): FindingSeverity {
  if (decides || call.gate) return 'error';
  return effectOfWords(['curl', ...call.args.map(({ value }) => value)]) === 'change' ? 'warning' : 'note';
}

export const curlWithoutFail: Rule = {
  name: 'curl-without-fail',
  severity: 'note',
  about: 'curl exits with 0 on an HTTP error unless --fail is given.',
  bad: ['curl https://shop.example/health', 'curl -sS --max-time 10 "$HEALTH_URL"'],
  good: [
    'curl -fsS --max-time 10 https://shop.example/health',
    "curl -sS -m 5 -o /dev/null -w '%{http_code}' https://shop.example/",
    'curl --version',
    'curl --fail-with-body -m 9 "$URL"',
  ],
  check: eachCall((call, input) => {
    const { step } = input;
    if (call.tool !== 'curl' || mayHoldFlags(call) || !hidesErrors(call, step)) return null;
    return {
      at: call,
      severity: gravity(call, input),
      message: 'curl exits with 0 even when the server answers with an HTTP error such as 500.',
      fix: improved(call, step),
      edits: afterTool(call, failingFlags(call)),
      source: 'curl manual, --fail',
    };
  }),
};

export const curlWithoutLimit: Rule = {
  name: 'curl-without-limit',
  severity: 'note',
  about: 'Without a time limit, curl may wait forever for a server that does not answer.',
  bad: ['curl -fsS https://shop.example/health', 'curl -fsS --connect-timeout 5 https://shop.example/health'],
  good: [
    'curl -fsS --max-time 10 https://shop.example/health',
    'curl -fsSm10 https://shop.example/health',
    'timeout 10 curl -fsS https://shop.example/health',
  ],
  check: eachCall((call, { step, decides = false }) => {
    if (call.tool !== 'curl' || mayHoldFlags(call)) return null;
    const reading = readCurl(call);
    if (cannotTell(reading) || hasTimeLimit(reading, call)) return null;
    return {
      at: call,
      severity: decides || call.gate ? 'warning' : 'note',
      message: 'curl has no time limit: it waits as long as the server keeps the connection open.',
      fix: improved(call, step),
      edits: afterTool(call, '--max-time 10'),
      source: 'curl manual, --max-time',
    };
  }),
};

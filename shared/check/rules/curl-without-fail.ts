import { failingFlags, hidesErrors, improved } from '../curl.ts';
import { mayHoldFlags } from '../options.ts';
import { behindTool, eachCall, type Rule } from '../rule.ts';

export const curlWithoutFail: Rule = {
  name: 'curl-without-fail',
  severity: 'error',
  about: 'curl ends with 0 on an HTTP error unless it is told to fail.',
  bad: ['curl https://shop.example/health', 'curl -sS --max-time 10 "$HEALTH_URL"'],
  good: [
    'curl -fsS --max-time 10 https://shop.example/health',
    "curl -sS -m 5 -o /dev/null -w '%{http_code}' https://shop.example/",
    'curl --version',
    'curl --fail-with-body -m 9 "$URL"',
  ],
  check: eachCall((call, { step }) => {
    if (call.tool !== 'curl' || mayHoldFlags(call) || !hidesErrors(call, step)) return null;
    return {
      at: call,
      message: 'curl ends with 0 even when the answer is an HTTP error such as 500.',
      fix: improved(call, step),
      edits: behindTool(call, failingFlags(call)),
      source: 'curl manual, --fail',
    };
  }),
};

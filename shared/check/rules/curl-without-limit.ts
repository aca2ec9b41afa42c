import { cannotTell, hasTimeLimit, improved, readCurl } from '../curl.ts';
import { mayHoldFlags } from '../options.ts';
import { behindTool, eachCall, type Rule } from '../rule.ts';

export const curlWithoutLimit: Rule = {
  name: 'curl-without-limit',
  severity: 'warning',
  about: 'curl waits for a server that never answers unless it has a time limit.',
  bad: ['curl -fsS https://shop.example/health', 'curl -fsS --connect-timeout 5 https://shop.example/health'],
  good: [
    'curl -fsS --max-time 10 https://shop.example/health',
    'curl -fsSm10 https://shop.example/health',
    'timeout 10 curl -fsS https://shop.example/health',
  ],
  check: eachCall((call, { step }) => {
    if (call.tool !== 'curl' || mayHoldFlags(call)) return null;
    const reading = readCurl(call);
    if (cannotTell(reading) || hasTimeLimit(reading, call)) return null;
    return {
      at: call,
      message: 'curl has no time limit: it waits for as long as the server keeps the connection.',
      fix: improved(call, step),
      edits: behindTool(call, '--max-time 10'),
      source: 'curl manual, --max-time',
    };
  }),
};

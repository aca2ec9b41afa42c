/** Which help is asked for of a program without a table. */
import { expect, it } from 'vitest';
import { wordsOf } from '#shared/runbook-check/grammar/call-verdict.ts';

const words = (text: string): readonly string[] => {
  const [tool = '', ...args] = text.split(' ');
  return wordsOf({ tool, args: args.map((value) => ({ value, plain: true, start: 0, end: 0 })) }, null);
};

it.each([
  ['kubectl -n ledger get pods', ['get', 'pods']],
  ['kubectl --namespace=ledger exec deploy/api', ['exec']],
  ['helm --kube-context prod history api', ['history', 'api']],
  ['shopctl --fast rollback', ['rollback']],
])('%s: the value of a flag is no subcommand', (text, expected) => {
  expect(words(text)).toEqual(expected);
});

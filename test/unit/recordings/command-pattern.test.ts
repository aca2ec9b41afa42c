import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits } from '#shared/recordings/command-pattern.ts';
import { splitScript } from '#shared/recordings/script-words.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';

const call = (words: readonly string[], environment: Readonly<Record<string, string>> = {}) => ({ words, environment });

describe('a pattern of a command', () => {
  it.each([
    ['kubectl get pods', ['kubectl', 'get', 'pods'], true],
    ['kubectl get pods', ['kubectl', 'get', 'pods', '-o', 'json'], false],
    ['kubectl get *', ['kubectl', 'get', 'pods'], true],
    ['kubectl get *', ['kubectl', 'get'], false],
    ['kubectl get *', ['kubectl', 'get', 'pods', '-A'], false],
    ['kubectl **', ['kubectl', 'get', 'pods', '-A'], true],
    ['kubectl **', ['kubectl'], true],
    ['kubectl **', ['helm', 'list'], false],
    ['undo --to-revision=*', ['undo', '--to-revision=2'], true],
    ['undo --to-revision=*', ['undo', '--from=2'], false],
    ['a*b*c', ['abbc'], true],
    ['a*bc*c', ['abc'], false],
    ["ls '*'", ['ls', 'file'], false],
    ["ls '*'", ['ls', '*'], true],
    ['say "two words"', ['say', 'two words'], true],
    ['say two\\ words', ['say', 'two words'], true],
    ['login --token=[redacted] now', ['login', '--token=s3cret', 'now'], true],
    ["login '[redacted]'", ['login', 'any thing'], true],
    ['login [redacted]', ['login'], false],
  ])('%s and %j: %s', (pattern, words, expected) => {
    expect(fits(pattern, call(words))).toBe(expected);
  });

  it('compares leading variables with the environment', () => {
    expect(fits('TAG=2 docker up', call(['docker', 'up'], { TAG: '2' }))).toBe(true);
    expect(fits('TAG=2 docker up', call(['docker', 'up'], { TAG: '3' }))).toBe(false);
    expect(fits('TAG=* docker up', call(['docker', 'up'], { TAG: '3' }))).toBe(true);
    expect(fits('docker up', call(['docker', 'up'], { TAG: '3' }))).toBe(true);
  });

  it('made from a run fits that run, whatever its words', () => {
    const word = fc.string({ unit: 'grapheme-ascii', minLength: 1 }).filter((text) => !text.includes('[redacted]'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const argv = ['tool', ...words];
        return fits(splitScript(shellQuote(argv)), call(argv));
      }),
    );
  });

  it('of a script is its text after its variables', () => {
    const text = "kubectl get pods -o json | jq '.items[] | .name'\n# don't stop\necho \"$NAME\"";
    const shown = `NAME=blue ${shellQuote(['bash', '-o', 'pipefail', '-c', text])}`;
    expect(splitScript(shown)).toBe(`NAME=blue ${text}`);
    expect(splitScript('bash -c true')).toBe('bash -c true');
  });
});

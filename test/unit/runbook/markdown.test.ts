import fc from 'fast-check';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseMarkdown } from '#shared/runbook/parser/markdown/markdown.ts';
import { fixture } from './fixtures.ts';
import { markdownText } from './markdown-text.ts';

const remark = unified().use(remarkParse).use(remarkGfm);

describe('Markdown in pieces', () => {
  it('is the tree remark makes of the whole, wherever it may be cut', () => {
    fc.assert(
      fc.property(markdownText, fc.constantFrom(1, 30, 200), (text, pieceLength) => {
        const whole = remark.parse(text);
        const { tree: pieces } = parseMarkdown(text, 'runbook.md', 0, pieceLength);
        expect(pieces.children).toEqual(whole.children);
      }),
      { numRuns: 800 },
    );
  });

  it('is the same for a whole runbook', () => {
    const text = new TextDecoder().decode(fixture('pier-nine.md'));
    expect(parseMarkdown(text, 'runbook.md', 0, 1).tree).toEqual(remark.parse(text));
  });

  it.each([
    'See [the http://a.b/c page, www.a.b or ann@a.b',
    '[see http://a.b](c) and [x] www.a.b [y http://c.d] ann@a.b',
    'http://a.b/c!!!, http://a.b/(c) www.a.b?&amp; ann@a.b. ![http://a.b',
  ])('reads addresses as remark does: %s', (text) => {
    expect(parseMarkdown(text, 'runbook.md').tree).toEqual(remark.parse(text));
  });

  it('keeps an address with a long row of punctuation as text, and reads the one behind it', () => {
    const { children } = parseMarkdown(`http://a.b/${'!'.repeat(40)}c http://d.e\n`, 'runbook.md').tree;
    expect(children[0]).toMatchObject({ children: [{ type: 'text' }, { type: 'link', url: 'http://d.e' }] });
  });

  it('reads backticks that do not match as remark does', () => {
    const text = 'a ``b` c`` d ```e`` f` \\``g` `h``';
    expect(parseMarkdown(text, 'runbook.md').tree).toEqual(remark.parse(text));
  });

  it('does not cut inside a fence that a list had left open', () => {
    const text = '- ```\n  code\n\n# Out\n\n```\n\n# In\n\n```\n\n# Out again\n';
    expect(parseMarkdown(text, 'runbook.md', 0, 1).tree).toEqual(remark.parse(text));
  });

  it('resolves links and footnotes that are defined further down', () => {
    const text = '# A\n\nSee [it] and [^n].\n\n# B\n\n[IT]: https://example.org\n\n[^n]: note\n';
    expect(parseMarkdown(text, 'runbook.md', 0, 1).tree).toEqual(remark.parse(text));
  });

  it('leaves front matter alone, whatever its values look like', () => {
    const front = '---\nrollbook: 1\n# [it]\nmatrix: [it]\n---\n';
    const { children } = parseMarkdown(`${front}\n# A\n\n[it]: x\n`, 'runbook.md', front.length - 1, 1).tree;
    expect(children.map(({ type }) => type)).toEqual(['yaml', 'heading', 'definition']);
    expect(children[1]?.position?.start).toEqual({ line: 7, column: 1, offset: front.length + 1 });
  });

  it('keeps a paragraph no one could read as plain text', () => {
    const log = '*x* _y_ '.repeat(20_000);
    const { children } = parseMarkdown(`# A\n\n${log}\n\n**B**\n`, 'runbook.md').tree;
    expect(children.map(({ type }) => type)).toEqual(['heading', 'paragraph', 'paragraph']);
    expect(children[1]).toMatchObject({ children: [{ type: 'text', value: log.trimEnd() }] });
    expect(children[2]).toMatchObject({ children: [{ type: 'strong' }], position: { start: { line: 5, column: 1 } } });
  });
});

describe('the cost of a long runbook', () => {
  it('grows with its length, not with the square of it: it is parsed in pieces, each about once', () => {
    const unit = new TextDecoder().decode(fixture('pier-nine.md'));
    const text = unit.repeat(Math.ceil(150_000 / unit.length));
    const parse = vi.spyOn(Object.getPrototypeOf(remark) as typeof remark, 'parse');
    onTestFinished(() => parse.mockRestore());
    parseMarkdown(text, 'runbook.md');
    const lengths = parse.mock.calls.map(([piece]) => (typeof piece === 'string' ? piece.length : 0));
    expect(Math.max(...lengths)).toBeLessThan(30_000);
    const all = lengths.reduce((sum, length) => sum + length, 0);
    expect(all).toBeGreaterThanOrEqual(text.length);
    expect(all).toBeLessThan(text.length * 2.5);
  });
});

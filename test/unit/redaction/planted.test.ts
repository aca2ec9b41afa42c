import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { lintSource } from '@secretlint/core';
import { describe, expect, it } from 'vitest';

import { RedactedLines } from '#shared/redaction/redacted-lines.ts';
import { redactor } from '#shared/redaction/redactor.ts';
import { ordinaryLines } from '../../fixtures/ordinary-lines.ts';
import { secretsByKind } from '../../fixtures/planted-secrets.ts';
import { SECRET_KINDS } from '../../fixtures/secret-kinds.ts';

const plain = redactor([]);

describe('planted secrets', () => {
  it('are of at least 60 kinds', () => {
    expect(new Set(SECRET_KINDS.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(60);
  });

  it.each(secretsByKind().map((count) => [count.kind, count] as const))('of %s are never found', (_kind, count) => {
    expect(count.tries).toBeGreaterThan(20);
    expect(count).toMatchObject({ found: 0, ways: [] });
  });

  it('are none that an outside scanner would still find', async () => {
    const found = async (content: string): Promise<readonly string[]> => {
      const { messages } = await lintSource({
        source: { filePath: 'planted.txt', content, contentType: 'text', ext: '.txt' },
        options: {
          noPhysicFilePath: true,
          config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] },
        },
      });
      // An address without its password is no secret.
      return messages.map(({ message }) => message).filter((message) => !message.includes('[redacted]'));
    };
    const all = SECRET_KINDS.map(({ text }) => text).join('\n\n');
    expect((await found(all)).length).toBeGreaterThan(20);
    expect(await found(plain.redact(all).text)).toEqual([]);
  });
});

describe('ordinary output', () => {
  const LINES = 5_000;
  const MOST_CHANGED = LINES / 1_000;
  const changed = (lines: readonly string[]): readonly string[] => {
    const stream = new RedactedLines(plain);
    const out = [...stream.push(lines.join('\n')), ...stream.end()].map(({ text }) => text);
    return lines.filter((line, at) => line !== out[at]);
  };
  const lines = ordinaryLines(LINES);

  it(`of ${LINES} lines keeps all but one in a thousand as they are`, () => {
    expect(changed(lines).slice(MOST_CHANGED)).toEqual([]);
  });

  it('keeps them in any order too: what stands before a line does not change it', () => {
    // A step that has no factor with the number of lines goes through all of them.
    const mixed = lines.map((_line, at) => lines[(at * 1_237 + 11) % LINES] ?? '');
    expect(changed(mixed).slice(MOST_CHANGED)).toEqual([]);
  });

  it('keeps ids, digests and names of images to the last one', () => {
    const ids = lines.filter((line) => /sha(?:256|512)|deployment-01|[0-9a-f]{8}-[0-9a-f]{4}-4/.test(line));
    expect(ids.length).toBeGreaterThan(500);
    expect(changed(ids)).toEqual([]);
  });
});

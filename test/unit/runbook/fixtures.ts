import { readFileSync } from 'node:fs';
import { type ParsedRunbook, parseRunbook } from '#shared/runbook/parse.ts';

export function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../../fixtures/runbooks/${name}`, import.meta.url));
}

export function bundled(): Uint8Array {
  return readFileSync(new URL('../../../shared/runbooks/hotdash.md', import.meta.url));
}

export function parse(text: string): ParsedRunbook {
  return parseRunbook(text, 'test.md');
}

/** The text put together again from the model's blocks. */
export function reassembled({ model, source }: ParsedRunbook): string {
  return model.blocks.map(({ start, end }) => source.slice(start, end)).join('');
}

/** Codes of the gaps with their lines, as `12 placeholder`. */
export function gapsOf({ model }: ParsedRunbook): readonly string[] {
  return model.gaps.map(({ line, code }) => `${line} ${code}`);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assetPath } from '#core/assets.ts';
import { sha256 } from '#core/store/sha256.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { projectRoot } from '../../../build/setup/project.mjs';

it.each(['cli', 'desktop', 'stories'])('the built %s carries the bundled runbook as it is parsed now', (target) => {
  const prepared: unknown = JSON.parse(readFileSync(join(projectRoot, 'dist', target, 'bundled-runbook.json'), 'utf8'));
  const raw = readFileSync(assetPath('shared/runbooks/hotdash.md'));
  expect(prepared).toEqual(JSON.parse(JSON.stringify(parseRunbook(raw, 'bundled', sha256))));
});

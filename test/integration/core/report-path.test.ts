import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freeReportPath, reportsOf } from '#core/reports/report-path.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';

const [OURS, OTHER] = ['01K9E0000000000000000000AA', '01K9E0000000000000000000BB'];
const NAME = '2025-10-13-P0-agent-service';

it('a second incident of the same day and service gets a number; its own earlier report is written over', () => {
  const folder = dataFolder();
  const first = join(folder, `${NAME}.md`);
  expect(freeReportPath(folder, NAME, '.md', OURS)).toBe(first);
  writeFileSync(first, `---\nid: ${OURS}\n---\n`);
  expect(freeReportPath(folder, NAME, '.md', OURS)).toBe(first);
  expect(freeReportPath(folder, NAME, '.md', OTHER)).toBe(join(folder, `${NAME}-2.md`));
});

it('finds reports and exported folders by the incident they are of', () => {
  const folder = dataFolder();
  mkdirSync(join(folder, NAME));
  mkdirSync(join(folder, `${NAME}-2`));
  writeFileSync(join(folder, NAME, 'report.md'), `---\nid: ${OURS}\n---\n`);
  writeFileSync(join(folder, `${NAME}.json`), `{"incident":{"id":"${OURS}"}}`);
  writeFileSync(join(folder, `${NAME}-2`, 'report.md'), `---\nid: ${OTHER}\n---\n`);
  expect(reportsOf(folder, OURS)).toEqual([join(folder, NAME), join(folder, `${NAME}.json`)]);
  expect(reportsOf(join(folder, 'missing'), OURS)).toEqual([]);
});

/**
 * Reads the scenario files in shared/scenarios; a new file there is a new drill. A scenario that is `like` another one has only
 * the fields that differ.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { RollbookError } from '#shared/api/result.ts';
import { assetPath } from '#core/assets.ts';
import { type Scenario, scenarioSchema } from './scenario.ts';

export interface ScenarioSummary {
  readonly name: string;
  readonly title: string;
  readonly expected: Scenario['expected'];
  readonly symptom: string;
}

const defaultFolder = (): string => assetPath('shared/scenarios');

/** All scenarios, ordered by name. @throws RollbookError `unreadable-file` when one of the files is not a scenario. */
export async function listScenarios(folder = defaultFolder()): Promise<readonly ScenarioSummary[]> {
  const names = await scenarioNames(folder);
  const scenarios = await Promise.all(names.map((name) => readScenario(folder, name)));
  return scenarios.map(({ name, title, expected, symptom }) => ({ name, title, expected, symptom }));
}

/**
 * One scenario by name. @throws RollbookError `unknown-scenario` listing the known ones, or `unreadable-file` when the
 * file is broken.
 */
export async function loadScenario(name: string, folder = defaultFolder()): Promise<Scenario> {
  const names = await scenarioNames(folder);
  if (!names.includes(name)) {
    throw new RollbookError(
      'unknown-scenario',
      `There is no drill scenario "${name}".`,
      `Choose one of: ${names.join(', ')}.`,
      { known: names },
    );
  }
  return readScenario(folder, name);
}

async function scenarioNames(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch((cause: unknown) => {
    throw unreadable(folder, String(cause));
  });
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

async function readScenario(folder: string, name: string): Promise<Scenario> {
  const path = join(folder, `${name}.json`);
  const read = scenarioSchema.safeParse(await fieldsOf(folder, name));
  if (!read.success) throw unreadable(path, z.prettifyError(read.error));
  if (read.data.name !== name) throw unreadable(path, `its name is "${read.data.name}", not that of the file`);
  return read.data;
}

/** Merges the fields of a file into those of the scenario that it is like, which must be complete. */
async function fieldsOf(folder: string, name: string): Promise<unknown> {
  const own = await readFields(folder, name);
  const like = likeSchema.safeParse(own);
  if (!like.success) return own;
  const { like: base, ...differing } = like.data;
  const whole = await readFields(folder, base);
  if (likeSchema.safeParse(whole).success) {
    throw unreadable(join(folder, `${name}.json`), `"${base}" is itself like another one`);
  }
  return { ...(whole as object), ...differing };
}

const likeSchema = z.looseObject({ like: z.string().regex(/^[a-z0-9-]+$/) });

async function readFields(folder: string, name: string): Promise<unknown> {
  const path = join(folder, `${name}.json`);
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw unreadable(path, String(cause));
  }
}

function unreadable(path: string, why: string): RollbookError {
  return new RollbookError(
    'unreadable-file',
    `The drill scenario ${path} cannot be used: ${why}`,
    'Correct the file, or take it away from the folder.',
  );
}

import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkoutToolsOf } from '#shared/settings/needs.ts';
import { type ChecksOf, failed, type Found, ok, warning } from '../readiness-check.ts';

/** The files that npm, git and supabase work on. */
export const checkout: ChecksOf = ({ model, settings }) => {
  const tools = checkoutToolsOf(model);
  if (tools.length === 0) return [];
  const look = async (): Promise<Found> => {
    const path = settings.checkout;
    const list = tools.join(', ');
    if (path === null)
      return warning(
        `not set: ${list} would run in an empty folder, and what the runbook marks in=checkout is refused`,
        'Set the checkout path of this runbook under Settings.',
      );
    if ((await stat(path).catch(() => null))?.isDirectory() !== true)
      return failed(`${path} is not there`, 'Correct the checkout path under Settings.');
    const has = (name: string): Promise<boolean> =>
      access(join(path, name)).then(
        () => true,
        () => false,
      );
    const expected = FILES.filter(({ tool }) => tools.includes(tool));
    const missing = await Promise.all(expected.map(async ({ file }) => ((await has(file)) ? [] : [file])));
    return missing.flat().length === 0
      ? ok(`${path}, for ${list}`)
      : warning(`${path} has no ${missing.flat().join(', no ')}`, 'Set the path of the whole checkout under Settings.');
  };
  return [{ id: 'checkout', group: 'machine', title: 'Checkout of the code', look }];
};

const FILES = [
  { tool: 'git', file: '.git' },
  { tool: 'npm', file: 'package.json' },
  { tool: 'supabase', file: 'supabase' },
] as const;

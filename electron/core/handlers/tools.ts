import type { Rows } from './handler.ts';

export const TOOLS: Rows<'tools.locate'> = {
  'tools.locate': ({ tools: locator }, { tools }) =>
    Promise.all(
      tools.map(async (tool) => {
        const found = await locator.locate(tool);
        return { tool, path: found?.path ?? null, version: found?.version ?? '' };
      }),
    ),
};

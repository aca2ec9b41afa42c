import { curl } from './curl.ts';
import { fly } from './fly.ts';
import { npm } from './npm.ts';
import type { Tool } from './tool-call.ts';

/** The tools a drill can play; any other counts as not installed. */
export const TOOLS: Readonly<Record<string, Tool>> = { fly, curl, npm };

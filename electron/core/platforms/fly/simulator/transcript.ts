/**
 * Plays what flyctl v0.4.87 prints: transcripts/ has the lines, errors and JSON of the recordings in test/fixtures/flyctl, with
 * holes for what a scenario decides (`{app}`). A line begins with its stream (`o` or `e`) or is a pause: `~ 500` in ms, `~ api`
 * as long as the scenario has it. The simulator is held to every recording by
 * test/unit/platforms/fly/simulator/recordings.test.ts; what was not recorded is not played (`notPlayed`).
 */
import type { Scenario } from '#core/simulator/scenario.ts';
import { pause, type ToolCall } from '#core/simulator/tool-call.ts';

export type Holes = Readonly<Record<string, unknown>>;

/** @throws Error when a hole has no value: a mistake of the simulator. */
export const fill = (text: string, holes: Holes): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (!(name in holes)) throw new Error(`nothing fills {${name}} of the transcript`);
    return String(holes[name]);
  });

/** The value of a hole that is a whole text keeps its type; `undefined` leaves its field out. */
export function fillJson(template: unknown, holes: Holes): unknown {
  if (typeof template === 'string') {
    const name = /^\{(\w+)\}$/.exec(template)?.[1];
    return name !== undefined && name in holes ? holes[name] : fill(template, holes);
  }
  if (Array.isArray(template)) return template.map((each) => fillJson(each, holes));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fillJson(value, holes)]));
}

/** The header and a row for each list of values. */
export const fillRows = (
  { header, row }: { readonly header: readonly string[]; readonly row: readonly string[] },
  list: readonly Holes[],
): readonly (readonly string[])[] => [header, ...list.map((holes) => row.map((cell) => fill(cell, holes)))];

/** Writes the lines and keeps their pauses, after an interrupt too. @throws Interrupted or Killed. */
export async function play(call: ToolCall, lines: readonly string[], holes: Holes = {}): Promise<void> {
  const stopped = call.halt.aborted;
  for (const line of lines) {
    const text = fill(line.slice(2), holes);
    if (!line.startsWith('~')) call.write(line.startsWith('e') ? 'stderr' : 'stdout', `${text}\n`);
    else if (stopped) await call.clock.sleep(length(call, text), call.killed);
    else await pause(call, length(call, text));
  }
}

function length(call: ToolCall, text: string): number {
  const { latencies } = call.cloud.read().scenario;
  return /^\d+$/.test(text) ? Number(text) : latencies[text as keyof Scenario['latencies']];
}

import { EVERYWHERE } from '#shared/runbook-check/programs.ts';
import { KNOWN } from '#shared/runbook-check/grammar/known-tools.ts';
import { installAdvice, isInstalled, lookedIn } from '#core/runbook-check/missing-programs.ts';
import { type ChecksOf, failed, ok, warning } from '../readiness-check.ts';

/** Every program the runbook calls: where it is and which version. One that only text outside of the steps calls may be for another machine. */
export const tools: ChecksOf = ({ programs, tools: locator, environment }) =>
  programs
    .filter(({ tool }) => !EVERYWHERE.has(tool) || !isInstalled(tool, environment))
    .map(({ tool, inStep }) => ({
      id: `tool ${tool}`,
      group: 'tools' as const,
      title: tool,
      look: async () => {
        const found = (await locator.locate(tool)) ?? (tool === 'fly' ? await locator.locate('flyctl') : null);
        if (found !== null) return ok(`${found.path} ${found.version}`.trim());
        const say = inStep || KNOWN.has(tool) ? failed : warning;
        return say('not found on PATH', `${installAdvice(tool)} Looked for in ${lookedIn(environment)}.`);
      },
    }));

import { expandWords } from '#shared/runbook/expand.ts';
import { serviceOf } from '#shared/runbook/services.ts';
import type { Evidence, Platform } from '../platform.ts';

/** Any platform: what the runbook declares is captured as evidence, unless it needs values or a shell. */
export const generic: Platform = {
  tools: [],
  evidence: (runbook, id) => {
    const service = serviceOf(runbook, id);
    if (service?.platform !== 'generic') return [];
    const { releases, running } = service.contract;
    const asked = [
      { title: `Releases of ${id} at declare`, command: releases.command },
      { title: `What runs of ${id} at declare`, command: running.command },
    ];
    return asked.flatMap(({ title, command: { text, form, variables } }): readonly Evidence[] => {
      const [program, ...args] = form === 'words' && variables.length === 0 ? expandWords(text, {}) : [];
      return program === undefined ? [] : [{ title, argv: [program, ...args] }];
    });
  },
};

import { STATUS_NOW } from '#shared/incident/messages.ts';
import type { ReportSource } from './source.ts';

export const messageTitle = ({ runbook }: ReportSource, id: string): string => {
  const steps = runbook.procedures.flatMap((procedure) => procedure.steps);
  return (
    [STATUS_NOW, ...runbook.messages, ...steps.flatMap((step) => step.messages)].find((each) => each.id === id)
      ?.title ?? id
  );
};

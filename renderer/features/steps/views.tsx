/** What the window shows for a kind of step besides its text and commands. The kinds are defined in `shared/steps`. */
import type { ComponentType } from 'react';
import type { Step } from '#shared/runbook/model.ts';
import type { StepKind } from '#shared/steps/kinds.ts';
import { ChangeCard } from './ChangeCard.tsx';
import { FastStop } from './FastStop.tsx';
import { RestoreCard } from '../database/RestoreCard.tsx';
import { SqlCard } from '../database/SqlCard.tsx';
import { StopCard } from './StopCard.tsx';
import { SystemCard } from './SystemCard.tsx';
import { UndoCard } from './UndoCard.tsx';

export interface StepView {
  /** To read before its change: what it does, what stays as it is, and the way back. */
  readonly Card?: ComponentType<{ readonly step: Step }>;
  /** A faster alternative, offered before the step and when it failed. */
  readonly Quicker?: ComponentType;
}

const VIEWS: Partial<Record<StepKind, StepView>> = {
  task: { Card: ChangeCard },
  'restart-service': { Card: ChangeCard },
  'deploy-release': { Card: UndoCard },
  'deploy-releases': { Card: SystemCard },
  'maintenance-on': { Quicker: FastStop },
  'stop-machines': { Card: StopCard },
  'run-rollback-sql': { Card: SqlCard },
  'restore-database': { Card: RestoreCard },
};

export const viewOf = ({ kind }: Pick<Step, 'kind'>): StepView => VIEWS[kind] ?? {};

/** The effects of the kinds of steps that do more than run their commands. The definitions are in `shared/steps`. */
import type { Step } from '#shared/runbook/model.ts';
import type { StepKind } from '#shared/steps/kinds.ts';
import { buildRelease } from './build-release.ts';
import { chooseMigration } from './choose-migration.ts';
import { chooseRelease } from './choose-release.ts';
import { chooseReleases } from './choose-releases.ts';
import { deployRelease } from './deploy-release.ts';
import { deployReleases } from './deploy-releases.ts';
import { dumpTables } from './dump-tables.ts';
import { identifyDatabase } from './identify-database.ts';
import { startMachines, stopMachines } from './machines.ts';
import { maintenanceOff, maintenanceOn } from './maintenance.ts';
import { restartService } from './restart-service.ts';
import { restoreDatabase } from './restore-database.ts';
import { runManualSql } from './run-manual-sql.ts';
import { runRollbackSql } from './run-rollback-sql.ts';
import type { StepEffects } from './step-effects.ts';
import { task } from './task.ts';
import { verifyDatabase } from './verify-database.ts';

const EFFECTS: Readonly<Partial<Record<StepKind, StepEffects>>> = {
  task,
  'choose-release': chooseRelease,
  'deploy-release': deployRelease,
  'maintenance-on': maintenanceOn,
  'maintenance-off': maintenanceOff,
  'stop-machines': stopMachines,
  'start-machines': startMachines,
  'choose-releases': chooseReleases,
  'deploy-releases': deployReleases,
  'identify-database': identifyDatabase,
  'choose-migration': chooseMigration,
  'dump-tables': dumpTables,
  'run-rollback-sql': runRollbackSql,
  'verify-database': verifyDatabase,
  'build-release': buildRelease,
  'run-manual-sql': runManualSql,
  'restore-database': restoreDatabase,
  'restart-service': restartService,
};

/** What this kind of step does besides running its commands. */
export const effectsOf = ({ kind }: Pick<Step, 'kind'>): StepEffects => EFFECTS[kind] ?? {};

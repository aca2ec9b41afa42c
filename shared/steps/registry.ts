/** All kinds of steps. To add one: a file in this folder, its name in `kinds.ts`, and a row below. */
import type { Step } from '../runbook/model.ts';
import { buildRelease } from './build-release.ts';
import { chooseMigration } from './choose-migration.ts';
import { chooseRelease } from './choose-release.ts';
import { chooseReleases } from './choose-releases.ts';
import { confirmEffective } from './confirm-effective.ts';
import { dashboard } from './dashboard.ts';
import { deployRelease } from './deploy-release.ts';
import { deployReleases } from './deploy-releases.ts';
import { dumpTables } from './dump-tables.ts';
import { identifyDatabase } from './identify-database.ts';
import type { StepKind } from './kinds.ts';
import { maintenanceOff } from './maintenance-off.ts';
import { maintenanceOn } from './maintenance-on.ts';
import { restartService } from './restart-service.ts';
import { restoreDatabase } from './restore-database.ts';
import { runManualSql } from './run-manual-sql.ts';
import { runRollbackSql } from './run-rollback-sql.ts';
import { startMachines } from './start-machines.ts';
import type { StepKindDefinition } from './step-kind.ts';
import { stopMachines } from './stop-machines.ts';
import { task } from './task.ts';
import { verifyDatabase } from './verify-database.ts';
import { watch } from './watch.ts';

const DEFINITIONS: Readonly<Record<StepKind, StepKindDefinition>> = {
  task,
  'choose-release': chooseRelease,
  'deploy-release': deployRelease,
  'confirm-effective': confirmEffective,
  watch,
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
  dashboard,
};

/** The definition of this step's kind. */
export const definitionOf = ({ kind }: Pick<Step, 'kind'>): StepKindDefinition => DEFINITIONS[kind];

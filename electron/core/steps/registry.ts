/** The kinds of steps that do more than run their commands. What each of them is: `shared/steps`. */
import type { Step } from '#shared/runbook/model.ts';
import type { StepKind } from '#shared/steps/kinds.ts';
import { dumpTables } from './dump-tables.ts';
import { identifyDatabase } from './identify-database.ts';
import { proveManualSql, runManualSql } from './run-manual-sql.ts';
import { offerMigrations } from './choose-migration.ts';
import { proveDatabase } from './verify-database.ts';
import { mustHaveMoment, offerRestore, proveRestore, runRestore } from './restore-database.ts';
import { runRollbackSql } from './run-rollback-sql.ts';
import { mustBeIdentified, mustBePrepared } from '#core/incidents/intent-handlers/database.ts';
import { buildRelease } from './build-release.ts';
import { chooseRelease } from './choose-release.ts';
import { offerServices } from './choose-releases.ts';
import { deployRelease } from './deploy-release.ts';
import { deployReleases } from './deploy-releases.ts';
import { proveMachines, startMachines, stopMachines } from './machines.ts';
import { proveMaintenance } from './maintenance.ts';
import type { StepEffects } from './step-effects.ts';
import { lookByCommands } from './task.ts';

const EFFECTS: Readonly<Record<StepKind, StepEffects>> = {
  task: { look: lookByCommands },
  'choose-release': chooseRelease,
  'deploy-release': deployRelease,
  'confirm-effective': {},
  watch: {},
  'maintenance-on': { prove: (context, step) => proveMaintenance(context, step, 'on') },
  'maintenance-off': { prove: (context, step) => proveMaintenance(context, step, 'off') },
  'stop-machines': { change: stopMachines, prove: (context, step) => proveMachines(context, step, 'stop') },
  'start-machines': { change: startMachines, prove: (context, step) => proveMachines(context, step, 'start') },
  'choose-releases': { read: offerServices },
  'deploy-releases': deployReleases,
  'identify-database': { read: identifyDatabase },
  'choose-migration': { read: offerMigrations, gates: { read: mustBeIdentified } },
  'dump-tables': { read: dumpTables, gates: { read: mustBeIdentified } },
  'run-rollback-sql': { change: runRollbackSql, look: proveDatabase, gates: { change: mustBePrepared } },
  'verify-database': { look: proveDatabase },
  'build-release': buildRelease,
  'run-manual-sql': { change: runManualSql, look: proveManualSql, gates: { change: mustBeIdentified } },
  'restore-database': {
    read: offerRestore,
    change: runRestore,
    look: proveRestore,
    gates: { change: mustHaveMoment },
  },
  dashboard: {},
};

/** What this kind of step does by itself. */
export const effectsOf = ({ kind }: Pick<Step, 'kind'>): StepEffects => EFFECTS[kind];

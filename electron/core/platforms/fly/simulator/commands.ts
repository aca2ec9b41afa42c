/** The commands that drills play. Any other one of flyctl says that it is not played. */
import { deploy } from './deploy.ts';
import type { FlyCommand } from './fly-command.ts';
import { login } from './login.ts';
import { logs } from './logs.ts';
import { MACHINE_VERBS } from './machine-verbs.ts';
import { appsList, checksList, imageShow, machineList, status, version, whoami } from './readings.ts';
import { releases } from './releases.ts';
import { secretsDeploy, secretsList, secretsSet, secretsUnset } from './secrets.ts';

export const COMMANDS: Readonly<Record<string, FlyCommand>> = {
  releases,
  deploy,
  status,
  logs,
  version,
  'apps list': appsList,
  'auth login': login,
  'auth whoami': whoami,
  'checks list': checksList,
  'image show': imageShow,
  'secrets list': secretsList,
  'secrets set': secretsSet,
  'secrets unset': secretsUnset,
  'secrets deploy': secretsDeploy,
  'machine list': machineList,
  ...MACHINE_VERBS,
};

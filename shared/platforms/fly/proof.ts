/** The post-condition of a rollback on Fly (product rule 4). An empty reading proves nothing and is never "met". */
import { count } from '#shared/words/count.ts';
import { type HealthAnswer, healthAnswers } from '../health.ts';
import { type FlyImage, isSurelyImage, parseImage } from './image.ts';
import { type FlyMachine, type FlyStatus, imagesOf, startedGroups } from './status.ts';

export type ProofRule = 'machines-started' | 'target-image' | 'checks-passing' | 'health-answers';

export interface Finding {
  readonly rule: ProofRule;
  readonly met: boolean;
  readonly detail: string;
}

export interface ProofInput {
  readonly before: FlyStatus;
  /** Groups that had a started machine earlier, in addition to those of `before`. */
  readonly groupsBefore?: readonly string[];
  readonly after: FlyStatus;
  readonly targetImage: { readonly ref: string; readonly digest?: string | null };
  /** In the order in which they were asked, two seconds apart. */
  readonly health: readonly HealthAnswer[];
}

export interface FlyProof {
  readonly met: boolean;
  readonly findings: readonly Finding[];
}

const isStarted = (machine: FlyMachine): boolean => machine.state === 'started';
const isGone = (machine: FlyMachine): boolean => machine.state === 'destroyed' || machine.state === 'destroying';
const listed = (items: readonly string[]): string => items.join(', ');

export function evaluateProof(input: ProofInput): FlyProof {
  const findings = [
    startedMachines(input),
    targetImage(input),
    passingChecks(input.after),
    healthAnswers(input.health),
  ];
  return { met: findings.every((finding) => finding.met), findings };
}

function startedMachines({ before, groupsBefore = [], after }: ProofInput): Finding {
  const rule = 'machines-started';
  if (before.app !== after.app) {
    return { rule, met: false, detail: `The readings are of two apps: ${before.app} and ${after.app}.` };
  }
  const started = after.machines.filter(isStarted);
  if (started.length === 0) return { rule, met: false, detail: `No machine of ${after.app} is started.` };
  const groups = new Set([...startedGroups(before), ...groupsBefore]);
  const missing = [...groups].filter((group) => !started.some((machine) => machine.group === group));
  if (missing.length > 0) {
    return { rule, met: false, detail: `No machine is started in: ${listed(missing)}.` };
  }
  const up = `${started.length} of ${count(after.machines.length, 'machine')} started`;
  return { rule, met: true, detail: groups.size === 0 ? `${up}; none was before.` : `${up}, in every group.` };
}

/** Stopped machines count too: Fly starts them with the image they have. */
function targetImage({ after, targetImage: target }: ProofInput): Finding {
  const rule = 'target-image';
  const parsed = parseImage(target.ref);
  const wanted: FlyImage = { ref: parsed.ref, digest: target.digest ?? parsed.digest };
  const machines = after.machines.filter((machine) => !isGone(machine));
  if (machines.length === 0) return { rule, met: false, detail: 'There is no machine to look at.' };
  const others = machines.filter((machine) => !runs(machine, wanted));
  if (others.length > 0) {
    return { rule, met: false, detail: `Not on the target image: ${listed(others.map((machine) => machine.id))}.` };
  }
  const digests = new Set(machines.map((machine) => machine.digest));
  if (digests.size > 1) return { rule, met: false, detail: 'The machines have the same tag but different digests.' };
  return {
    rule,
    met: true,
    detail:
      machines.length === 1
        ? 'The one machine has the target image.'
        : `All ${machines.length} machines have the target image.`,
  };
}

function runs(machine: FlyMachine, wanted: FlyImage): boolean {
  const [running] = imagesOf(machine);
  return running !== undefined && isSurelyImage(running, wanted);
}

/** At least one check exists, and all pass; only started machines count. */
export function passingChecks(after: Pick<FlyStatus, 'machines'>): Finding {
  const rule = 'checks-passing';
  const checks = after.machines
    .filter(isStarted)
    .flatMap((machine) => machine.checks.map((check) => ({ ...check, machine: machine.id })));
  if (checks.length === 0)
    return { rule, met: false, detail: 'No started machine has a health check, so none can pass.' };
  const failing = checks.filter((check) => check.status !== 'passing');
  if (failing.length > 0) {
    const names = failing.map((check) => `${check.name} on ${check.machine} is ${check.status}`);
    return {
      rule,
      met: false,
      detail: `${failing.length} of ${count(checks.length, 'check')} do not pass: ${listed(names)}.`,
    };
  }
  return {
    rule,
    met: true,
    detail: checks.length === 1 ? 'The one check passes.' : `All ${checks.length} checks pass.`,
  };
}
